// Application Gateway for Containers: what the cluster's HTTPRoutes attach to. It has no private frontend, so its firewall
// refuses every request that did not come through our Front Door.
import { context, everyLog, everyMetric, nameOf, roles } from '../variables.bicep'

param environment context
param subnetId string
param frontDoorId string

@description('The cluster\'s controller, which writes routes.')
param controllerPrincipalId string

resource firewall 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2026-03-01' = {
  name: nameOf(environment.environment, 'gateway-firewall')
  location: environment.location
  tags: environment.tags
  properties: {
    policySettings: { state: 'Enabled', mode: 'Prevention', requestBodyCheck: true }
    customRules: [
      {
        name: 'OnlyThroughFrontDoor'
        priority: 1
        ruleType: 'MatchRule'
        action: 'Block'
        matchConditions: [
          {
            matchVariables: [{ variableName: 'RequestHeaders', selector: 'X-Azure-FDID' }]
            operator: 'Equal'
            negationConditon: true
            matchValues: [frontDoorId]
          }
        ]
      }
    ]
    managedRules: { managedRuleSets: [{ ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' }] }
  }
}

resource gateway 'Microsoft.ServiceNetworking/trafficControllers@2026-03-01' = {
  name: nameOf(environment.environment, 'gateway')
  location: environment.location
  tags: environment.tags

  resource frontend 'frontends' = {
    name: 'web'
    location: environment.location
    tags: environment.tags
    properties: {}
  }

  resource association 'associations' = {
    name: 'network'
    location: environment.location
    tags: environment.tags
    properties: { associationType: 'subnets', subnet: { id: subnetId } }
  }

  resource security 'securityPolicies' = {
    name: 'firewall'
    location: environment.location
    tags: environment.tags
    properties: { wafPolicy: { id: firewall.id } }
    dependsOn: [association]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: nameOf(environment.environment, 'network')

  resource gatewaySubnet 'subnets' existing = { name: 'gateway' }
}

resource writesRoutes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(gateway.id, 'controller', roles.gatewayConfigurationManager)
  scope: gateway
  properties: {
    principalId: controllerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.gatewayConfigurationManager
    )
    description: 'The controller in the cluster writes routes'
  }
}

resource joinsSubnet 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(network::gatewaySubnet.id, 'controller', roles.networkContributor)
  scope: network::gatewaySubnet
  properties: {
    principalId: controllerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.networkContributor)
    description: 'The controller in the cluster joins the gateway to its subnet'
  }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: gateway
  properties: { workspaceId: environment.workspaceId, logs: everyLog, metrics: everyMetric }
}

output id string = gateway.id
output hostName string = gateway::frontend.properties.fqdn
