// The one way out: a NAT gateway with an address that vendors can put on their lists.
import { context, everyLog, everyMetric, nameOf } from '../variables.bicep'

param environment context

@description('Paid protection of this address; infrastructure protection is always there.')
param ddosProtection 'infrastructure' | 'ip' | 'network'

// StandardV2 spans the zones by itself; Standard lives in one.
resource address 'Microsoft.Network/publicIPAddresses@2026-03-01' = {
  name: nameOf(environment.environment, 'egress-ip')
  location: environment.location
  tags: environment.tags
  sku: { name: 'StandardV2', tier: 'Regional' }
  zones: ['1', '2', '3']
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv4'
    ddosSettings: { protectionMode: ddosProtection == 'ip' ? 'Enabled' : 'VirtualNetworkInherited' }
  }
}

resource gateway 'Microsoft.Network/natGateways@2026-03-01' = {
  name: nameOf(environment.environment, 'egress')
  location: environment.location
  tags: environment.tags
  sku: { name: 'StandardV2' }
  zones: ['1', '2', '3']
  properties: {
    idleTimeoutInMinutes: 10
    publicIpAddresses: [{ id: address.id }]
  }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: address
  properties: { workspaceId: environment.workspaceId, logs: everyLog, metrics: everyMetric }
}

output gatewayId string = gateway.id
output addressId string = address.id
