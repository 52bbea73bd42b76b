// Dashboards, for who signs in with Entra. The identity of Grafana itself reads metrics and nothing else.
import { context, everyLog, everyMetric, nameOf, plainNameOf, roles } from '../variables.bicep'

param environment context
param subnetId string
param zoneId string
param prometheusId string
param platformGroupId string

@description('Whether people outside the network may reach its sign-in page.')
param isPublic bool

resource grafana 'Microsoft.Dashboard/grafana@2025-08-01' = {
  name: plainNameOf(environment.environment, 'grafana', environment.token)
  location: environment.location
  tags: environment.tags
  sku: { name: 'Standard' }
  identity: { type: 'SystemAssigned' }
  properties: {
    apiKey: 'Disabled'
    deterministicOutboundIP: 'Disabled'
    publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
    zoneRedundancy: environment.keepsData ? 'Enabled' : 'Disabled'
    grafanaIntegrations: { azureMonitorWorkspaceIntegrations: [{ azureMonitorWorkspaceResourceId: prometheusId }] }
  }
}

// Azure asks the owner of the workspace to approve it once.
resource toPrometheus 'Microsoft.Dashboard/grafana/managedPrivateEndpoints@2025-08-01' = {
  parent: grafana
  name: 'metrics'
  location: environment.location
  tags: environment.tags
  properties: {
    privateLinkResourceId: prometheusId
    privateLinkResourceRegion: environment.location
    groupIds: ['prometheusMetrics']
    requestMessage: 'Dashboards of ${environment.environment}'
  }
}

resource prometheus 'Microsoft.Monitor/accounts@2025-10-03' existing = {
  name: nameOf(environment.environment, 'metrics')
}

resource readsMetrics 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(prometheus.id, grafana.id, roles.monitoringDataReader)
  scope: prometheus
  properties: {
    principalId: grafana.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringDataReader)
    description: 'Dashboards read the cluster\'s metrics'
  }
}

resource readsAzure 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, grafana.id, roles.monitoringReader)
  properties: {
    principalId: grafana.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringReader)
    description: 'Dashboards read metrics and logs of the environment'
  }
}

resource engineers 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(grafana.id, platformGroupId, roles.grafanaAdmin)
  scope: grafana
  properties: {
    principalId: platformGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.grafanaAdmin)
    description: 'Platform engineers keep dashboards'
  }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: grafana
  properties: { workspaceId: environment.workspaceId, logs: everyLog, metrics: everyMetric }
}

module endpoint '../network/private-endpoint.bicep' = {
  params: {
    environment: environment
    what: 'grafana'
    subnetId: subnetId
    targetId: grafana.id
    group: 'grafana'
    zoneIds: [zoneId]
  }
}
