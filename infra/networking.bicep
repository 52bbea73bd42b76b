// The network of an environment: subnets with their security groups, the way out, private names.
import { context, nameOf } from 'variables.bicep'

param environment context
param addressRange string
param ddosProtection 'infrastructure' | 'ip' | 'network'

resource plan 'Microsoft.Network/ddosProtectionPlans@2026-03-01' = if (ddosProtection == 'network') {
  name: nameOf(environment.environment, 'ddos')
  location: environment.location
  tags: environment.tags
}

module groups 'network/security-groups.bicep' = {
  params: { environment: environment }
}

module egress 'network/egress.bicep' = {
  params: { environment: environment, ddosProtection: ddosProtection }
}

module network 'network/virtual-network.bicep' = {
  params: {
    environment: environment
    addressRange: addressRange
    ddosPlanId: ddosProtection == 'network' ? plan.id : null
    egressGatewayId: egress.outputs.gatewayId
    securityGroups: {
      nodes: groups.outputs.nodesId
      gateway: groups.outputs.gatewayId
      endpoints: groups.outputs.endpointsId
      runners: groups.outputs.runnersId
    }
  }
}

module names 'network/private-dns.bicep' = {
  params: { environment: environment, networkId: network.outputs.id }
}

output networkId string = network.outputs.id
output egressAddressId string = egress.outputs.addressId
output nodesSubnetId string = network.outputs.nodesSubnetId
output gatewaySubnetId string = network.outputs.gatewaySubnetId
output endpointsSubnetId string = network.outputs.endpointsSubnetId
output zones {
  vault: string
  configuration: string
  blob: string
  registry: string
  postgres: string
  grafana: string
  prometheus: string
  monitor: string[]
} = {
  vault: names.outputs.vault
  configuration: names.outputs.configuration
  blob: names.outputs.blob
  registry: names.outputs.registry
  postgres: names.outputs.postgres
  grafana: names.outputs.grafana
  prometheus: names.outputs.prometheus
  monitor: names.outputs.monitor
}
