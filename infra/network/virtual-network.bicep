// The network and its subnets, all cut from one range: subnets cannot overlap each other.
import { context, everyLog, everyMetric, nameOf } from '../variables.bicep'

param environment context

@description('A range of 65,536 addresses, such as 10.10.0.0/16.')
param addressRange string

param ddosPlanId string?
param egressGatewayId string
param securityGroups {
  nodes: string
  gateway: string
  endpoints: string
  runners: string
}

// Nobody's machine gets a way out by default: what needs one has the NAT gateway.
var subnets = [
  {
    name: 'nodes'
    addressPrefix: cidrSubnet(addressRange, 22, 0)
    securityGroupId: securityGroups.nodes
    delegation: ''
  }
  {
    name: 'gateway'
    addressPrefix: cidrSubnet(addressRange, 24, 4)
    securityGroupId: securityGroups.gateway
    delegation: 'Microsoft.ServiceNetworking/trafficControllers'
  }
  {
    name: 'endpoints'
    addressPrefix: cidrSubnet(addressRange, 24, 5)
    securityGroupId: securityGroups.endpoints
    delegation: ''
  }
  {
    name: 'runners'
    addressPrefix: cidrSubnet(addressRange, 26, 24)
    securityGroupId: securityGroups.runners
    delegation: ''
  }
]

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: nameOf(environment.environment, 'network')
  location: environment.location
  tags: environment.tags
  properties: {
    addressSpace: { addressPrefixes: [addressRange] }
    enableDdosProtection: ddosPlanId != null
    ddosProtectionPlan: ddosPlanId == null ? null : { id: ddosPlanId! }
    subnets: [
      for subnet in subnets: {
        name: subnet.name
        properties: {
          addressPrefix: subnet.addressPrefix
          defaultOutboundAccess: false
          // The linter takes a parameter for an id, and what is read of it for none.
          #disable-next-line use-resource-id-functions
          networkSecurityGroup: { id: subnet.securityGroupId }
          natGateway: contains(['nodes', 'runners'], subnet.name) ? { id: egressGatewayId } : null
          privateEndpointNetworkPolicies: 'Enabled'
          delegations: empty(subnet.delegation)
            ? []
            : [{ name: 'service', properties: { serviceName: subnet.delegation } }]
        }
      }
    ]
  }

  resource nodes 'subnets' existing = { name: 'nodes' }
  resource gateway 'subnets' existing = { name: 'gateway' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: network
  properties: { workspaceId: environment.workspaceId, logs: everyLog, metrics: everyMetric }
}

output id string = network.id
output nodesSubnetId string = network::nodes.id
output gatewaySubnetId string = network::gateway.id
output endpointsSubnetId string = network::endpoints.id
