// Where flow logs go, written by an identity that can do nothing else.
import { context, everyLog, nameOf, plainNameOf, roles } from '../variables.bicep'

param environment context
param subnetId string
param zoneId string

var contributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: plainNameOf(environment.environment, 'flows', environment.token)
  location: environment.location
  tags: environment.tags
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    accessTier: 'Cool'
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowCrossTenantReplication: false
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] }
    encryption: { keySource: 'Microsoft.Storage', requireInfrastructureEncryption: true }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-06-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource writer 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: nameOf(environment.environment, 'flow-logs')
  location: environment.location
  tags: environment.tags
}

resource mayWrite 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, writer.id, contributor)
  scope: account
  properties: {
    principalId: writer.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: contributor
    description: 'The network watcher writes flow logs'
  }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: blobs
  properties: {
    workspaceId: environment.workspaceId
    logs: everyLog
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions
resource accountDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: { workspaceId: environment.workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

module endpoint '../network/private-endpoint.bicep' = {
  params: {
    environment: environment
    what: 'flows'
    subnetId: subnetId
    targetId: account.id
    group: 'blob'
    zoneIds: [zoneId]
  }
}

output id string = account.id
output identityId string = writer.id
