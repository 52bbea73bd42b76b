// App Configuration: settings and feature flags of the services, which only read them. Secrets are references to vaults,
// resolved by the reader with its own rights.
import { context, everyLog, everyMetric, globalNameOf, principals, programs, roles } from 'variables.bicep'

param environment context
param subnetId string
param zoneId string
param objectIds principals

resource store 'Microsoft.AppConfiguration/configurationStores@2024-06-01' = {
  name: globalNameOf(environment.environment, 'settings', environment.token)
  location: environment.location
  tags: environment.tags
  sku: { name: 'standard' }
  properties: {
    publicNetworkAccess: 'Disabled'
    disableLocalAuth: true
    enablePurgeProtection: environment.keepsData
    softDeleteRetentionInDays: 7
    dataPlaneProxy: { authenticationMode: 'Pass-through', privateLinkDelegation: 'Disabled' }
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for reader in programs: {
    name: guid(store.id, reader, roles.appConfigurationDataReader)
    scope: store
    properties: {
      principalId: objectIds[reader]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId(
        'Microsoft.Authorization/roleDefinitions',
        roles.appConfigurationDataReader
      )
      description: '${reader} reads its settings'
    }
  }
]

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: store
  properties: { workspaceId: environment.workspaceId, logs: everyLog, metrics: everyMetric }
}

module endpoint 'network/private-endpoint.bicep' = {
  params: {
    environment: environment
    what: 'settings'
    subnetId: subnetId
    targetId: store.id
    group: 'configurationStores'
    zoneIds: [zoneId]
  }
}

output id string = store.id
output endpoint string = store.properties.endpoint
