{{/* Refuses a route to somebody without an address, by the path of the value that is empty. */}}
{{- define "observability.checkedRoutes" -}}
{{- $alerting := .Values.alerting }}
{{- range $severity, $route := $alerting.routes }}
{{- range $route.to }}
{{- $address := index (dict "slack" "channel" "email" "to" "webhook" "url") . }}
{{- if not (index $alerting . $address) }}
{{- fail (printf "alerting.%s.%s is empty, and alerting.routes.%s.to names %s" . $address $severity .) }}
{{- end }}
{{- end }}
{{- end }}
{{- with $alerting.email }}
{{- if and .to (not (and .from .smarthost)) }}
{{- fail "alerting.email needs from and smarthost" }}
{{- end }}
{{- end }}
{{- end }}

{{/* Of an objective's alerts the fastest is told alone: source, target. */}}
{{- define "observability.quietened" -}}
- [.+BurnsFast, .+(Burns|BurnsSlowly)]
- [.+Burns, .+BurnsSlowly]
{{- end }}
