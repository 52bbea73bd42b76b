// One service reached inside the network, and its name in the private zones.
import { context, nameOf } from '../variables.bicep'

param environment context

@description('What the endpoint leads to, in its name.')
@minLength(2)
@maxLength(40)
param what string

param subnetId string
param targetId string

@description('The part of the service, as Azure calls it.')
param group
  | 'vault'
  | 'configurationStores'
  | 'blob'
  | 'registry'
  | 'postgresqlServer'
  | 'grafana'
  | 'prometheusMetrics'
  | 'azuremonitor'

@minLength(1)
param zoneIds string[]

resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = {
  name: nameOf(environment.environment, '${what}-endpoint')
  location: environment.location
  tags: environment.tags
  properties: {
    subnet: { id: subnetId }
    customNetworkInterfaceName: nameOf(environment.environment, '${what}-nic')
    privateLinkServiceConnections: [
      { name: what, properties: { privateLinkServiceId: targetId, groupIds: [group] } }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        for (zoneId, index) in zoneIds: {
          name: 'zone-${index}'
          // The linter takes a parameter for an id, and its items for none.
          #disable-next-line use-resource-id-functions
          properties: { privateDnsZoneId: zoneId }
        }
      ]
    }
  }
}
