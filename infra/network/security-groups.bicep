// One network security group a subnet: what is not named here is closed by the last rule of each.
import { context, everyLog, nameOf } from '../variables.bicep'

param environment context

var denyRest = {
  name: 'deny-the-rest'
  properties: {
    priority: 4096
    direction: 'Inbound'
    access: 'Deny'
    protocol: '*'
    sourceAddressPrefix: '*'
    sourcePortRange: '*'
    destinationAddressPrefix: '*'
    destinationPortRange: '*'
  }
}

var fromNetwork = {
  name: 'allow-the-network'
  properties: {
    priority: 100
    direction: 'Inbound'
    access: 'Allow'
    protocol: '*'
    sourceAddressPrefix: 'VirtualNetwork'
    sourcePortRange: '*'
    destinationAddressPrefix: 'VirtualNetwork'
    destinationPortRange: '*'
  }
}

var fromLoadBalancer = {
  name: 'allow-health-probes'
  properties: {
    priority: 110
    direction: 'Inbound'
    access: 'Allow'
    protocol: '*'
    sourceAddressPrefix: 'AzureLoadBalancer'
    sourcePortRange: '*'
    destinationAddressPrefix: '*'
    destinationPortRange: '*'
  }
}

var fromFrontDoor = {
  name: 'allow-front-door'
  properties: {
    priority: 120
    direction: 'Inbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefix: 'AzureFrontDoor.Backend'
    sourcePortRange: '*'
    destinationAddressPrefix: '*'
    destinationPortRange: '443'
  }
}

var toEndpoints = {
  name: 'allow-tls-and-postgresql'
  properties: {
    priority: 100
    direction: 'Inbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefix: 'VirtualNetwork'
    sourcePortRange: '*'
    destinationAddressPrefix: 'VirtualNetwork'
    destinationPortRanges: ['443', '5432', '6432']
  }
}

var groups = [
  { name: 'nodes', rules: [fromNetwork, fromLoadBalancer, denyRest] }
  { name: 'gateway', rules: [fromNetwork, fromLoadBalancer, fromFrontDoor, denyRest] }
  { name: 'endpoints', rules: [toEndpoints, denyRest] }
  { name: 'runners', rules: [denyRest] }
]

resource securityGroups 'Microsoft.Network/networkSecurityGroups@2026-03-01' = [
  for group in groups: {
    name: nameOf(environment.environment, 'nsg-${group.name}')
    location: environment.location
    tags: environment.tags
    properties: { securityRules: group.rules }
  }
]

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for (group, index) in groups: {
    name: 'to-workspace'
    scope: securityGroups[index]
    properties: { workspaceId: environment.workspaceId, logs: everyLog }
  }
]

output nodesId string = securityGroups[0].id
output gatewayId string = securityGroups[1].id
output endpointsId string = securityGroups[2].id
output runnersId string = securityGroups[3].id
