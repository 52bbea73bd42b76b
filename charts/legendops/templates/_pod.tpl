{{- define "legendops.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "legendops.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
{{- end }}

{{- /* The authorities that a pod believes beside Node's own: the cluster's, and those of the trust bundle. */ -}}
{{- define "legendops.trustVolume" -}}
name: trust
projected:
  sources:
    - configMap:
        name: kube-root-ca.crt
        items: [{key: ca.crt, path: kubernetes.pem}]
    {{- with .Values.trust.configMap }}
    - configMap: {name: {{ . }}}
    {{- end }}
{{- end }}

{{- define "legendops.trustEnvironment" -}}
- {name: NODE_USE_SYSTEM_CA, value: '1'}
- {name: SSL_CERT_DIR, value: /var/run/legendops/trust}
{{- end }}

{{- /* Service account tokens for these audiences, each in a file of the audience's name. */ -}}
{{- define "legendops.tokensVolume" -}}
name: tokens
projected:
  sources:
    {{- range $file, $audience := . }}
    - serviceAccountToken: {audience: {{ $audience | quote }}, expirationSeconds: 3600, path: {{ $file }}}
    {{- end }}
{{- end }}

{{- /* Of who writes there: its own, or the one for all. */ -}}
{{- define "legendops.vaultUrl" -}}
{{- (index .root.Values.vault .writer).url | default .root.Values.vault.url -}}
{{- end }}

{{- /* With the key `authorization`, for a collector. */ -}}
{{- define "legendops.tracesVolume" -}}
name: traces
secret: {secretName: {{ . }}, defaultMode: 288, items: [{key: authorization, path: authorization}]}
{{- end }}

{{- /* Who signs in to Azure: whoever has a vault or keeps files, and everybody where something else is reached by identities. */ -}}
{{- define "legendops.hasIdentity" -}}
{{- $values := .root.Values }}
{{- if or (has .name (list "billing" "catalog" "portal" "tenant-operator")) (eq $values.traces.signIn "azure") $values.settings.url (eq $values.database.signIn "entra") }}yes{{ end }}
{{- end }}

{{- define "legendops.workloadEnvironment" -}}
{{- if eq .root.Values.azure.workloadIdentity "projected" }}
- {name: AZURE_TENANT_ID, value: {{ .root.Values.azure.tenantId | quote }}}
- {name: AZURE_CLIENT_ID, value: {{ index .root.Values.azure.clientIds .client | quote }}}
- {name: AZURE_AUTHORITY_HOST, value: {{ .root.Values.azure.authorityHost | quote }}}
- {name: AZURE_FEDERATED_TOKEN_FILE, value: /var/run/legendops/tokens/azure}
{{- end }}
{{- end }}

{{- define "legendops.azureEnvironment" -}}
{{ include "legendops.workloadEnvironment" . | trim }}
- {name: VAULT_URL, value: {{ include "legendops.vaultUrl" (dict "root" .root "writer" .client) | quote }}}
- {name: VAULT_IS_LOCAL, value: {{ .root.Values.vault.isLocal | quote }}}
{{- end }}

{{- define "legendops.workloadIdentityAnnotation" -}}
{{- if eq .root.Values.azure.workloadIdentity "webhook" }}
azure.workload.identity/client-id: {{ index .root.Values.azure.clientIds .client | quote }}
{{- end }}
{{- end }}

{{- define "legendops.pullSecrets" -}}
{{- with .Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - {name: {{ . }}}
  {{- end }}
{{- end }}
{{- end }}
