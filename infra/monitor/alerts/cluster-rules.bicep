// Rules of managed Prometheus over what every cluster has; those of our services come with the charts.
import { context, nameOf } from '../../variables.bicep'

param environment context
param pageId string
param tellId string
param clusterId string
param prometheusId string

var rules = [
  {
    name: 'NodeNotReady'
    says: 'A node has not been ready for 10 minutes'
    expression: 'kube_node_status_condition{condition="Ready",status="true"} == 0'
    for: 'PT10M'
    route: 'page'
  }
  {
    name: 'PodCrashLooping'
    says: 'A container of the platform ends again and again'
    expression: 'max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff",namespace=~"legendops|kube-system"}[5m]) >= 1'
    for: 'PT10M'
    route: 'page'
  }
  {
    name: 'PodNotRunning'
    says: 'A pod of the platform has been pending or failed for 15 minutes'
    expression: 'sum by (namespace, pod) (kube_pod_status_phase{phase=~"Pending|Unknown|Failed",namespace="legendops"}) > 0'
    for: 'PT15M'
    route: 'tell'
  }
  {
    name: 'DeploymentShortOfReplicas'
    says: 'A service of the platform has fewer replicas than it wants'
    expression: 'kube_deployment_spec_replicas{namespace="legendops"} > kube_deployment_status_replicas_available{namespace="legendops"}'
    for: 'PT15M'
    route: 'page'
  }
]

resource group 'Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01' = {
  name: nameOf(environment.environment, 'cluster-rules')
  location: environment.location
  tags: environment.tags
  properties: {
    description: 'The cluster that the platform runs on'
    enabled: true
    interval: 'PT1M'
    scopes: [prometheusId, clusterId]
    clusterName: last(split(clusterId, '/'))
    rules: [
      for rule in rules: {
        alert: rule.name
        enabled: true
        expression: rule.expression
        for: rule.for
        severity: rule.route == 'page' ? 1 : 3
        labels: { severity: rule.route == 'page' ? 'critical' : 'warning' }
        annotations: { summary: rule.says, description: rule.says }
        actions: [{ actionGroupId: rule.route == 'page' ? pageId : tellId }]
        resolveConfiguration: { autoResolved: true, timeToResolve: 'PT10M' }
      }
    ]
  }
}
