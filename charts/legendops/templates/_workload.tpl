{{- /*
A Deployment with what bounds it. Takes root, name, image, serviceAccount, spec (values: replicas, resources, autoscaling),
ports, probes (live, ready: path and port), environment, volumes, mounts; podLabels where a pod needs more; isService where
its sources are those of services/<name>.
*/ -}}
{{- define "legendops.workload" -}}
{{- $autoscaling := .spec.autoscaling | default dict }}
{{- $isSynced := and .isService .root.Values.development.sync }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
  labels:
    {{- include "legendops.labels" . | nindent 4 }}
spec:
  {{- if not $autoscaling.enabled }}
  replicas: {{ .spec.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate: {maxUnavailable: 0, maxSurge: 1}
  selector:
    matchLabels:
      {{- include "legendops.selector" . | nindent 6 }}
  template:
    metadata:
      annotations:
        legendops.io/configuration-revision: {{ .root.Values.configurationRevision | quote }}
      labels:
        {{- include "legendops.labels" . | nindent 8 }}
        {{- with .podLabels }}
        {{- . | trim | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ .serviceAccount }}
      automountServiceAccountToken: {{ .needsApi | default false }}
      enableServiceLinks: false
      # Five seconds until endpoints drop the pod, twenty for what runs, five to spare.
      terminationGracePeriodSeconds: 30
      {{- with .root.Values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      {{- with include "legendops.pullSecrets" .root }}
      {{- . | trim | nindent 6 }}
      {{- end }}
      securityContext:
        {{- include "legendops.podSecurity" . | nindent 8 }}
      topologySpreadConstraints:
        {{- $selector := include "legendops.selector" . }}
        {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
        - topologyKey: {{ . }}
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          matchLabelKeys: [pod-template-hash]
          labelSelector:
            matchLabels:
              {{- $selector | nindent 14 }}
        {{- end }}
      {{- if $isSynced }}
      initContainers:
        {{- include "legendops.sourcesContainer" . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .name }}
          image: {{ include "legendops.image" . }}
          imagePullPolicy: {{ .root.Values.images.pullPolicy }}
          {{- if .isService }}
          {{- with include "legendops.developmentArguments" . }}
          {{- . | trim | nindent 10 }}
          {{- end }}
          {{- end }}
          ports:
            {{- range $port, $number := .ports }}
            - {name: {{ $port }}, containerPort: {{ $number }}}
            {{- end }}
          env:
            {{- .environment | trim | nindent 12 }}
          # A database that is away makes no pod start anew: liveness asks the process alone.
          startupProbe:
            httpGet: {path: {{ .probes.live }}, port: {{ .probes.port }}}
            periodSeconds: 1
            failureThreshold: 60
          livenessProbe:
            httpGet: {path: {{ .probes.live }}, port: {{ .probes.port }}}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: {path: {{ .probes.ready }}, port: {{ .probes.port }}}
            periodSeconds: 2
            timeoutSeconds: 3
            failureThreshold: 2
          resources:
            {{- toYaml .spec.resources | nindent 12 }}
          securityContext:
            {{- include "legendops.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
            {{- if $isSynced }}
            {{- include "legendops.sourceMounts" . | trim | nindent 12 }}
            {{- end }}
            {{- with .mounts }}
            {{- . | trim | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir: {sizeLimit: 32Mi}
        {{- if $isSynced }}
        - name: sources
          emptyDir: {sizeLimit: 32Mi}
        {{- end }}
        {{- with .volumes }}
        {{- . | trim | nindent 8 }}
        {{- end }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .name }}
  labels:
    {{- include "legendops.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "legendops.selector" . | nindent 6 }}
{{- if $autoscaling.enabled }}
---
{{- if gt (int $autoscaling.minReplicas) (int $autoscaling.maxReplicas) }}
{{- fail (printf "autoscaling of %s: minReplicas %v is more than maxReplicas %v" .name $autoscaling.minReplicas $autoscaling.maxReplicas) }}
{{- end }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .name }}
  labels:
    {{- include "legendops.labels" . | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ .name }}}
  minReplicas: {{ $autoscaling.minReplicas }}
  maxReplicas: {{ $autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: {{ $autoscaling.cpuPercent }}}}
  behavior:
    scaleDown: {stabilizationWindowSeconds: 300}
{{- end }}
{{- end }}
