{{/* The same as alertmanager-config.yaml, as an Alertmanager without an operator reads it. */}}
{{- define "observability.alertmanagerFile" -}}
{{- $root := . }}
{{- $alerting := .Values.alerting }}
{{- $ours := "product = legendops" }}
route:
  # What is not of LegendOps goes to nobody: add routes of yours.
  receiver: nobody
  routes:
    - receiver: critical
      matchers: [{{ quote $ours }}]
      group_by: [alertname]
      routes:
        {{- range $severity, $route := $alerting.routes }}
        - receiver: {{ $severity }}
          matchers: ['severity = {{ $severity }}']
          group_by: [alertname]
          group_wait: {{ $route.groupWait }}
          group_interval: {{ $route.groupInterval }}
          repeat_interval: {{ $route.repeatInterval }}
        {{- end }}
inhibit_rules:
  {{- range include "observability.quietened" . | fromYamlArray }}
  - source_matchers: [{{ quote $ours }}, 'alertname =~ "{{ first . }}"']
    target_matchers: [{{ quote $ours }}, 'alertname =~ "{{ last . }}"']
    equal: [objective, job, billing_job]
  {{- end }}
receivers:
  - name: nobody
  {{- range $severity, $route := $alerting.routes }}
  - name: {{ $severity }}
    {{- if has "slack" $route.to }}
    {{- with $alerting.slack }}
    slack_configs:
      - api_url_file: {{ printf "%s/%s/url" $alerting.secretFolder .secret | quote }}
        channel: {{ quote .channel }}
        send_resolved: true
        title: {{ $root.Files.Get "files/texts/title.tmpl" | trim | quote }}
        text: {{ $root.Files.Get "files/texts/slack.tmpl" | quote }}
    {{- end }}
    {{- end }}
    {{- if has "email" $route.to }}
    {{- with $alerting.email }}
    email_configs:
      - to: {{ quote .to }}
        from: {{ quote .from }}
        smarthost: {{ quote .smarthost }}
        require_tls: {{ .requireTls }}
        {{- with .login }}
        auth_username: {{ quote . }}
        auth_password_file: {{ printf "%s/%s/password" $alerting.secretFolder $alerting.email.secret | quote }}
        {{- end }}
        send_resolved: true
        headers: {Subject: {{ $root.Files.Get "files/texts/title.tmpl" | trim | quote }}}
        text: {{ $root.Files.Get "files/texts/email.tmpl" | quote }}
    {{- end }}
    {{- end }}
    {{- if has "webhook" $route.to }}
    {{- with $alerting.webhook }}
    webhook_configs:
      - url: {{ quote .url }}
        send_resolved: true
        {{- with .secret }}
        http_config: {authorization: {credentials_file: {{ printf "%s/%s/token" $alerting.secretFolder . | quote }}}}
        {{- end }}
    {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
