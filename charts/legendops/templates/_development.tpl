{{- /*
While somebody works on services (development.sync): their sources lie in a volume, where they can be written although the
container's own root cannot, and Node starts anew when one changes. Nothing else of the pod is different.
*/ -}}
{{- define "legendops.syncedSources" -}}
{{- list "services/kit/src" (printf "services/%s/src" .name) | toJson }}
{{- end }}

{{- define "legendops.developmentArguments" -}}
{{- $development := .root.Values.development }}
{{- if or $development.sync $development.inspect }}
args:
  {{- if $development.sync }}
  - --watch
  {{- end }}
  {{- if $development.inspect }}
  # At 127.0.0.1:9229, where a port-forward ends.
  - --inspect
  {{- end }}
  - main.ts
{{- end }}
{{- end }}

{{- define "legendops.sourcesContainer" -}}
- name: sources
  image: {{ include "legendops.image" . }}
  imagePullPolicy: {{ .root.Values.images.pullPolicy }}
  args:
    - -e
    - |
      for (const path of {{ include "legendops.syncedSources" . }})
        require('node:fs').cpSync(`/app/${path}`, `/sources/${path}`, { recursive: true });
  resources:
    {{- toYaml .spec.resources | nindent 4 }}
  securityContext:
    {{- include "legendops.containerSecurity" . | nindent 4 }}
  volumeMounts:
    - {name: sources, mountPath: /sources}
{{- end }}

{{- define "legendops.sourceMounts" -}}
{{- range include "legendops.syncedSources" . | fromJsonArray }}
- {name: sources, mountPath: /app/{{ . }}, subPath: {{ . }}}
{{- end }}
{{- end }}
