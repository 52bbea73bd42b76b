{{- /* What services/kit/src/config/service-environment.ts reads. */ -}}
{{- define "legendops.serviceEnvironment" -}}
{{- $values := .root.Values }}
- {name: LOG_LEVEL, value: {{ (index $values.services .name).logLevel }}}
- {name: PORT, value: '8080'}
- {name: INTERNAL_PORT, value: '8081'}
- {name: MANAGEMENT_PORT, value: '8082'}
- {name: LISTEN_HOST, value: 0.0.0.0}
{{- $login := printf "svc_%s@" .name }}
{{- if eq $values.database.signIn "password" }}
{{- $login = printf "svc_%s:$(DATABASE_PASSWORD)@" .name }}
- name: DATABASE_PASSWORD
  valueFrom: {secretKeyRef: {name: legendops-logins, key: svc_{{ .name }}}}
{{- end }}
- {name: DATABASE_URL, value: {{ include "legendops.databaseUrl" (dict "root" .root "name" .name "login" $login) | quote }}}
- {name: DATABASE_SIGN_IN, value: {{ $values.database.signIn }}}
- {name: IDENTITY_IS_LOCAL, value: {{ $values.vault.isLocal | quote }}}
{{- with $values.settings.url }}
- {name: SETTINGS_URL, value: {{ . | quote }}}
{{- end }}
- {name: DATABASE_CONNECTIONS, value: {{ $values.database.connections | quote }}}
- {name: REQUIRE_SAFE_POSTGRES, value: {{ $values.database.requireSafeServer | quote }}}
- {name: ACCEPT_NEWER_SCHEMA, value: {{ $values.database.acceptNewerSchema | quote }}}
- {name: ACCESS_TOKEN_ISSUER, value: {{ include "legendops.publicUrl" .root | quote }}}
- {name: ACCESS_TOKEN_KEYS_URL, value: {{ printf "http://auth.%s.svc:8080/api/auth/v1/keys" .root.Release.Namespace }}}
- {name: SERVICE_TOKEN_ISSUER, value: {{ $values.serviceTokens.issuer | quote }}}
- {name: SERVICE_TOKEN_KEYS_URL, value: {{ $values.serviceTokens.keysUrl | quote }}}
- {name: TRUSTED_PROXY_HOPS, value: {{ $values.gateway.trustedProxyHops | quote }}}
{{ include "legendops.tracesEnvironment" .root }}
{{- if $values.development.sync }}
# No gateway has to hear of it: a change is to be seen at once.
- {name: READINESS_DELAY_MS, value: '0'}
- {name: DRAIN_BUDGET_MS, value: '3000'}
{{- end }}
{{- if ne .name "auth" }}
{{ include "legendops.askService" (dict "root" .root "service" "auth") }}
{{- end }}
{{- if and (eq .name "auth") (include "legendops.hasIdentity" .) }}
{{ include "legendops.workloadEnvironment" (dict "root" .root "client" .name) | trim }}
{{- end }}
{{ include (printf "legendops.environment.%s" .name) .root }}
{{- end }}

{{- /* Where traces go, of services and the operator. */ -}}
{{- define "legendops.tracesEnvironment" -}}
{{- with .Values.traces }}
{{- if .url }}
- {name: TRACES_URL, value: {{ .url | quote }}}
- {name: TRACES_SAMPLE_RATIO, value: {{ .sampleRatio | quote }}}
- {name: TRACES_SIGN_IN, value: {{ .signIn }}}
{{- if .secret }}
- {name: TRACES_AUTHORIZATION_PATH, value: /var/run/legendops/traces/authorization}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Where a collector is, as a network policy says it. */ -}}
{{- define "legendops.collector" -}}
ports: {{ toJson .Values.network.traces.ports }}
{{- if .Values.network.traces.peers }}
peers: {{ toJson .Values.network.traces.peers }}
{{- else if ne .Values.traces.signIn "azure" }}
peers: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ .Values.monitoring.namespace }}}}}]
{{- end }}
{{- end }}

{{- /* Where tenants' jobs send theirs: they have neither an identity nor a secret to show. */ -}}
{{- define "legendops.jobTraces" -}}
{{- $traces := .Values.traces }}
{{- $url := $traces.jobsUrl }}
{{- if and (eq $traces.signIn "none") (not $traces.secret) }}
{{- $url = $url | default $traces.url }}
{{- end }}
{{- if $url }}
{{- $inMonitoring := dict "namespaceSelector" (dict "matchLabels" (dict "kubernetes.io/metadata.name" .Values.monitoring.namespace)) }}
{{- $peers := .Values.network.traces.peers | default (list $inMonitoring) }}
- {name: JOB_TRACES, value: {{ dict "url" $url "sampleRatio" $traces.sampleRatio "peers" $peers "ports" .Values.network.traces.ports | toJson | quote }}}
{{- end }}
{{- end }}

{{- /* Another service's internal API, and the token that it takes. */ -}}
{{- define "legendops.askService" -}}
- {name: {{ upper .service }}_INTERNAL_URL, value: {{ printf "http://%s.%s.svc:8081" .service .root.Release.Namespace }}}
- {name: {{ upper .service }}_TOKEN_PATH, value: /var/run/legendops/tokens/{{ .service }}}
{{- end }}

{{- /* Of whoever writes to people. */ -}}
{{- define "legendops.mailEnvironment" -}}
- name: SMTP_URL
  valueFrom: {secretKeyRef: {name: {{ .Values.mail.secret }}, key: smtp-url}}
- {name: MAIL_FROM, value: {{ .Values.mail.from | quote }}}
{{- end }}

{{- define "legendops.environment.auth" -}}
{{ include "legendops.askService" (dict "root" . "service" "portal") }}
- {name: PUBLIC_URL, value: {{ include "legendops.publicUrl" . | quote }}}
- {name: ENTRA_AUTHORITY, value: {{ .Values.signIn.authority | quote }}}
- {name: ENTRA_CLIENT_ID, value: {{ .Values.signIn.clientId | quote }}}
- {name: ENTRA_CLIENT_SECRET_PATH, value: /var/run/legendops/secrets/sign-in}
- {name: SIGNING_KEY_PATH, value: /var/run/legendops/secrets/signing-key.pem}
- {name: OTHER_KEY_PATH, value: /var/run/legendops/secrets/other-key.pem}
- {name: COOKIE_KEY_PATH, value: /var/run/legendops/secrets/cookie-key}
{{ include "legendops.mailEnvironment" . }}
- {name: SESSION_IDLE_MINUTES, value: {{ .Values.session.idleMinutes | quote }}}
- {name: SESSION_HOURS, value: {{ .Values.session.hours | quote }}}
{{- end }}

{{- define "legendops.environment.billing" -}}
{{ include "legendops.askService" (dict "root" . "service" "portal") }}
- {name: PUBLIC_URL, value: {{ include "legendops.publicUrl" . | quote }}}
{{ include "legendops.azureEnvironment" (dict "root" . "client" "billing") | trim }}
- {name: PAX8_URL, value: {{ .Values.pax8.url | quote }}}
- {name: PAX8_AUDIENCE, value: {{ .Values.pax8.audience | quote }}}
- {name: PAX8_CALLS_PER_MINUTE, value: {{ .Values.pax8.callsPerMinute | int | quote }}}
- {name: QUICKBOOKS_API_URL, value: {{ .Values.quickbooks.apiUrl | quote }}}
- {name: QUICKBOOKS_AUTHORIZE_URL, value: {{ .Values.quickbooks.authorizeUrl | quote }}}
- {name: QUICKBOOKS_TOKEN_URL, value: {{ .Values.quickbooks.tokenUrl | quote }}}
- {name: QUICKBOOKS_CLIENT_ID, value: {{ .Values.quickbooks.clientId | quote }}}
- {name: QUICKBOOKS_CLIENT_SECRET_PATH, value: /var/run/legendops/secrets/quickbooks}
- {name: QUICKBOOKS_VERIFIER_PATH, value: /var/run/legendops/secrets/quickbooks-verifier}
- {name: STATE_KEY_PATH, value: /var/run/legendops/secrets/state-key}
{{ include "legendops.mailEnvironment" . }}
- {name: TEAMS_WEBHOOK_ORIGINS, value: {{ join "," .Values.teams.webhookOrigins | quote }}}
{{- end }}

{{- define "legendops.environment.portal" -}}
{{ include "legendops.askService" (dict "root" . "service" "billing") }}
{{ include "legendops.askService" (dict "root" . "service" "catalog") }}
{{ include "legendops.azureEnvironment" (dict "root" . "client" "portal") | trim }}
- {name: SUPEROPS_US_URL, value: {{ .Values.superops.usUrl | quote }}}
- {name: SUPEROPS_EU_URL, value: {{ .Values.superops.euUrl | quote }}}
- {name: SUPEROPS_CALLS_PER_MINUTE, value: {{ .Values.superops.callsPerMinute | int | quote }}}
{{- end }}

{{- define "legendops.environment.catalog" -}}
{{ include "legendops.workloadEnvironment" (dict "root" . "client" "catalog") | trim }}
- {name: BLOB_URL, value: {{ .Values.media.blobUrl | quote }}}
# As with the vault: a sign-in that only a double gives.
- {name: BLOB_IS_LOCAL, value: {{ .Values.vault.isLocal | quote }}}
- {name: MEDIA_URL, value: {{ .Values.media.publicUrl | quote }}}
{{- end }}

{{- /* Audiences of the tokens that a service shows to others, by the file that holds each. */ -}}
{{- define "legendops.audiences" -}}
{{- if eq .name "auth" }}
portal: legendops-portal
{{- else }}
auth: legendops-auth
{{- end }}
{{- if eq .name "billing" }}
portal: legendops-portal
{{- else if eq .name "portal" }}
billing: legendops-billing
catalog: legendops-catalog
{{- end }}
{{- if and (eq .root.Values.azure.workloadIdentity "projected") (include "legendops.hasIdentity" .) }}
azure: api://AzureADTokenExchange
{{- end }}
{{- end }}

{{- /* Files below /var/run/legendops/secrets, by Secret. */ -}}
{{- define "legendops.secretSources" -}}
{{- if eq .name "auth" }}
- secret: {name: {{ .root.Values.signIn.secret }}, items: [{key: client-secret, path: sign-in}]}
- secret: {name: legendops-keys, items: [{key: signing-key.pem, path: signing-key.pem}, {key: cookie-key, path: cookie-key}]}
# While keys are exchanged.
- secret: {name: legendops-keys, optional: true, items: [{key: other-key.pem, path: other-key.pem}]}
{{- else if eq .name "billing" }}
- secret: {name: {{ .root.Values.quickbooks.secret }}, items: [{key: client-secret, path: quickbooks}]}
# Once QuickBooks is told where to send what has changed.
- secret: {name: {{ .root.Values.quickbooks.secret }}, optional: true, items: [{key: verifier-token, path: quickbooks-verifier}]}
- secret: {name: legendops-keys, items: [{key: state-key, path: state-key}]}
{{- end }}
{{- end }}
