{{- /*
The parts: the argument of the program, which is the name of pod and Service too; ports by name, as the Service and as the pod
has them, and the key of `nodePorts` where a browser goes there; the keys of the Secret that it reads; whom it asks.
*/ -}}
{{- define "surroundings.parts" -}}
postgres:
  ports: {postgres: {service: 5432, pod: 5432}}
  secrets: [postgres-password]
vault:
  ports: {https: {service: 443, pod: 8443}}
  secrets: [tls.crt, tls.key]
  asks:
    to: [{podSelector: {matchLabels: {app.kubernetes.io/name: sign-in, app.kubernetes.io/instance: {{ .Release.Name }}}}}]
    ports: [{protocol: TCP, port: 8443}]
sign-in:
  ports: {https: {service: 443, pod: 8443}, page: {service: 80, pod: 8080, browser: signIn}}
  secrets: [tls.crt, tls.key, sign-in-client-secret]
mail:
  ports: {smtp: {service: 1025, pod: 1025}, page: {service: 80, pod: 8080, browser: mail}}
blob:
  ports: {blob: {service: 10000, pod: 10000}}
  secrets: [tls.crt, tls.key]
pax8:
  ports: {http: {service: 80, pod: 8080}}
quickbooks:
  ports: {http: {service: 80, pod: 8080, browser: quickbooks}}
  secrets: [quickbooks-client-secret]
superops:
  ports: {http: {service: 80, pod: 8080}, eu: {service: 81, pod: 8081}}
teams:
  ports: {http: {service: 80, pod: 8080}}
{{- if .Values.gateway.enabled }}
gateway:
  ports: {http: {service: 80, pod: 8080, browser: gateway}}
  asks:
    to:
      - {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: legendops}}}
      - {podSelector: {matchLabels: {app.kubernetes.io/name: blob, app.kubernetes.io/instance: {{ .Release.Name }}}}}
    ports: [{protocol: TCP, port: 8080}, {protocol: TCP, port: 10000}]
{{- end }}
{{- end }}

{{- define "surroundings.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "surroundings.labels" -}}
{{ include "surroundings.selector" . }}
app.kubernetes.io/part-of: legendops-surroundings
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- /* A version may hold build metadata (1.2.3+4f5e), and a label no plus. */}}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimAll "-_." }}
{{- end }}

{{- define "surroundings.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default (.Chart.AppVersion | replace "+" "_") }}
{{- with .Values.image.digest }}@{{ . }}{{ end }}
{{- end }}

{{- define "surroundings.host" -}}
{{ .name }}.{{ .root.Release.Namespace }}.svc
{{- end }}

{{- /* host:port of the gateway, within the cluster. */ -}}
{{- define "surroundings.gateway" -}}
{{- if .Values.gateway.enabled }}
{{- include "surroundings.host" (dict "root" . "name" "gateway") }}:80
{{- else }}
{{- .Values.gateway.address }}
{{- end }}
{{- end }}

{{- define "surroundings.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "surroundings.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
{{- end }}
