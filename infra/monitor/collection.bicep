// How the cluster's logs, traces and metrics leave it: one private endpoint of collection, a rule for logs, one for the traces
// that services send as OTLP, and where Prometheus is managed here, its workspace and a rule for metrics.
import { context, nameOf } from '../variables.bicep'

param environment context
param subnetId string
param prometheusZoneId string
param hasManagedPrometheus bool
param insightsId string

var traceStreams = ['Microsoft-OTel-Traces-Spans', 'Microsoft-OTel-Traces-Events', 'Microsoft-OTel-Traces-Resources']

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

// Services send these themselves: nothing on a node collects them. Application Insights shows what lies in the workspace.
resource traceRule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: nameOf(environment.environment, 'traces-rule')
  location: environment.location
  tags: environment.tags
  properties: {
    dataCollectionEndpointId: endpoint.id
    references: { applicationInsights: [{ name: 'component', resourceId: insightsId }] }
    directDataSources: {
      otelTraces: [
        {
          name: 'spans'
          streams: traceStreams
          enrichWithReference: 'component'
          replaceResourceIdWithReference: true
        }
      ]
    }
    destinations: { logAnalytics: [{ name: 'workspace', workspaceResourceId: environment.workspaceId }] }
    dataFlows: [{ streams: traceStreams, destinations: ['workspace'] }]
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
output tracesUrl string = '${endpoint.properties.logsIngestion.endpoint}/dataCollectionRules/${traceRule.properties.immutableId}/streams/Microsoft-OTLP-Traces/otlp/v1/traces'
output logRuleId string = logRule.id
@description('Empty where Grafana Cloud takes metrics.')
output metricRuleId string = hasManagedPrometheus ? metricRule.id : ''
output prometheusId string = hasManagedPrometheus ? prometheus.id : ''
