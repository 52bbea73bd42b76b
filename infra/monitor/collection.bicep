// How the cluster's logs and metrics leave it: one private endpoint of collection, a rule for logs, and where Prometheus is
// managed here, its workspace and a rule for metrics.
import { context, nameOf } from '../variables.bicep'

param environment context
param subnetId string
param prometheusZoneId string
param hasManagedPrometheus bool

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: nameOf(environment.environment, 'collection')
  location: environment.location
  tags: environment.tags
  kind: 'Linux'
  properties: { networkAcls: { publicNetworkAccess: 'Disabled' } }
}

resource logRule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: nameOf(environment.environment, 'logs-rule')
  location: environment.location
  tags: environment.tags
  kind: 'Linux'
  properties: {
    dataCollectionEndpointId: endpoint.id
    dataSources: {
      extensions: [
        {
          name: 'ContainerInsightsExtension'
          extensionName: 'ContainerInsights'
          streams: ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory']
          extensionSettings: {
            dataCollectionSettings: { interval: '1m', namespaceFilteringMode: 'Off', enableContainerLogV2: true }
          }
        }
      ]
    }
    destinations: { logAnalytics: [{ name: 'workspace', workspaceResourceId: environment.workspaceId }] }
    dataFlows: [
      {
        streams: ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory']
        destinations: ['workspace']
      }
    ]
  }
}

resource prometheus 'Microsoft.Monitor/accounts@2025-10-03' = if (hasManagedPrometheus) {
  name: nameOf(environment.environment, 'metrics')
  location: environment.location
  tags: environment.tags
  properties: { publicNetworkAccess: 'Disabled' }
}

resource metricRule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = if (hasManagedPrometheus) {
  name: nameOf(environment.environment, 'metrics-rule')
  location: environment.location
  tags: environment.tags
  kind: 'Linux'
  properties: {
    dataCollectionEndpointId: endpoint.id
    dataSources: { prometheusForwarder: [{ name: 'cluster', streams: ['Microsoft-PrometheusMetrics'] }] }
    destinations: { monitoringAccounts: [{ name: 'metrics', accountResourceId: prometheus.id }] }
    dataFlows: [{ streams: ['Microsoft-PrometheusMetrics'], destinations: ['metrics'] }]
  }
}

module prometheusEndpoint '../network/private-endpoint.bicep' = if (hasManagedPrometheus) {
  params: {
    environment: environment
    what: 'metrics'
    subnetId: subnetId
    targetId: prometheus.id
    group: 'prometheusMetrics'
    zoneIds: [prometheusZoneId]
  }
}

output endpointId string = endpoint.id
output logRuleId string = logRule.id
@description('Empty where Grafana Cloud takes metrics.')
output metricRuleId string = hasManagedPrometheus ? metricRule.id : ''
output prometheusId string = hasManagedPrometheus ? prometheus.id : ''
