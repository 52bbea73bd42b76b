// One vault: roles instead of access policies, no public address, nothing purged before its time.
import { context, everyLog, everyMetric, plainNameOf, principals } from '../variables.bicep'

param environment context

@minLength(3)
@maxLength(8)
param what string

param subnetId string
param zoneId string

@description('Who may do what, and why.')
param grants {
  who: 'auth' | 'billing' | 'operator' | 'portal'
  roleId: string
  why: string
}[]
param objectIds principals

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: plainNameOf(environment.environment, what, environment.token)
  location: environment.location
  tags: environment.tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None', ipRules: [], virtualNetworkRules: [] }
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in grants: {
    name: guid(vault.id, grant.who, grant.roleId)
    scope: vault
    properties: {
      principalId: objectIds[grant.who]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.roleId)
      description: grant.why
    }
  }
]

resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (environment.keepsData) {
  name: 'keep'
  scope: vault
  properties: { level: 'CanNotDelete', notes: 'Secrets of tenants: remove this lock by hand first' }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: environment.workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: everyLog
    metrics: everyMetric
  }
}

module endpoint '../network/private-endpoint.bicep' = {
  params: {
    environment: environment
    what: 'vault-${what}'
    subnetId: subnetId
    targetId: vault.id
    group: 'vault'
    zoneIds: [zoneId]
  }
}

output id string = vault.id
output uri string = vault.properties.vaultUri
