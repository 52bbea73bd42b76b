// Images of the platform. Premium, because only that has a private endpoint.
import { context, everyLog, everyMetric, plainNameOf, roles } from 'variables.bicep'

param environment context
param subnetId string
param zoneId string
param nodesPrincipalId string

@description('Who delivers: pushes images. Empty where a person does.')
param deliveryPrincipalId string

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: plainNameOf(environment.environment, 'images', environment.token)
  location: environment.location
  tags: environment.tags
  sku: { name: 'Premium' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    dataEndpointEnabled: true
    publicNetworkAccess: 'Disabled'
    networkRuleBypassOptions: 'AzureServices'
    networkRuleSet: { defaultAction: 'Deny', ipRules: [] }
    zoneRedundancy: 'Enabled'
    policies: {
      exportPolicy: { status: 'disabled' }
      retentionPolicy: { status: 'enabled', days: 30 }
      azureADAuthenticationAsArmPolicy: { status: 'disabled' }
    }
  }
}

resource nodesPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, 'nodes', roles.acrPull)
  scope: registry
  properties: {
    principalId: nodesPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.acrPull)
    description: 'Nodes pull images'
  }
}

resource deliveryPushes 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deliveryPrincipalId)) {
  name: guid(registry.id, deliveryPrincipalId, roles.acrPush)
  scope: registry
  properties: {
    principalId: deliveryPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.acrPush)
    description: 'Delivery pushes images'
  }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: registry
  properties: { workspaceId: environment.workspaceId, logs: everyLog, metrics: everyMetric }
}

module endpoint 'network/private-endpoint.bicep' = {
  params: {
    environment: environment
    what: 'images'
    subnetId: subnetId
    targetId: registry.id
    group: 'registry'
    zoneIds: [zoneId]
  }
}

output loginServer string = registry.properties.loginServer
