// The zones that turn a service's public name into its private address inside the network.
import { context } from '../variables.bicep'

param environment context
param networkId string

var zones = [
  'privatelink.vaultcore.azure.net'
  'privatelink.azconfig.io'
  'privatelink.blob.${az.environment().suffixes.storage}'
  'privatelink${az.environment().suffixes.acrLoginServer}'
  'privatelink.postgres.database.azure.com'
  'privatelink.grafana.azure.com'
  'privatelink.${environment.location}.prometheus.monitor.azure.com'
  'privatelink.monitor.azure.com'
  'privatelink.oms.opinsights.azure.com'
  'privatelink.ods.opinsights.azure.com'
  'privatelink.agentsvc.azure-automation.net'
]

resource privateZones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in zones: {
    name: zone
    location: 'global'
    tags: environment.tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in zones: {
    parent: privateZones[index]
    name: 'network'
    location: 'global'
    tags: environment.tags
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }
]

output vault string = privateZones[0].id
output configuration string = privateZones[1].id
output blob string = privateZones[2].id
output registry string = privateZones[3].id
output postgres string = privateZones[4].id
output grafana string = privateZones[5].id
output prometheus string = privateZones[6].id
@description('What the private link scope of Azure Monitor needs beside the zone of blobs.')
output monitor string[] = [
  privateZones[7].id
  privateZones[8].id
  privateZones[9].id
  privateZones[10].id
  privateZones[2].id
]
