{{- define "legendops.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- /* A version may hold build metadata (1.2.3+4f5e), and a label no plus. */ -}}
{{- define "legendops.labelValue" -}}
{{ . | replace "+" "_" | trunc 63 | trimAll "-_." }}
{{- end }}

{{- define "legendops.labels" -}}
{{ include "legendops.selector" . }}
app.kubernetes.io/part-of: legendops
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ include "legendops.labelValue" .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ include "legendops.labelValue" (printf "%s-%s" .root.Chart.Name .root.Chart.Version) | quote }}
legendops.io/environment: {{ .root.Values.environment }}
{{- end }}

{{- /* The image of a part: by digest where one is given, else by tag. */ -}}
{{- define "legendops.image" -}}
{{- $values := .root.Values.images }}
{{- $own := index $values .image }}
{{- $tag := $own.tag | default $values.tag | default (.root.Chart.AppVersion | replace "+" "_") }}
{{- with $values.registry }}{{ trimSuffix "/" . }}/{{ end }}{{ $own.repository }}:{{ $tag }}
{{- with $own.digest }}@{{ . }}{{ end }}
{{- end }}

{{- define "legendops.publicUrl" -}}
{{ trimSuffix "/" .Values.publicUrl }}
{{- end }}

{{- define "legendops.publicHost" -}}
{{ (urlParse .Values.publicUrl).host | regexFind "^[^:]+" }}
{{- end }}

{{- /* Of one database, without a login. */ -}}
{{- define "legendops.databaseUrl" -}}
{{- $all := .root.Values.database }}
{{- $own := index $all .name }}
{{- printf "postgres://%s%s:%v/%s_db?sslmode=%s" (.login | default "") ($own.host | default $all.host) ($own.port | default $all.port | int) .name $all.sslMode }}
{{- end }}
