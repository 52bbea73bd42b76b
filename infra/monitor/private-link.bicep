// The one private way to Azure Monitor: logs, traces and the cluster's collection are written through it.
import { context, nameOf } from '../variables.bicep'

param environment context
param subnetId string
param zoneIds string[]
param insightsId string
param collectionEndpointId string

resource scope 'Microsoft.Insights/privateLinkScopes@2021-09-01' = {
  name: nameOf(environment.environment, 'monitor')
  location: 'global'
  tags: environment.tags
  properties: { accessModeSettings: { ingestionAccessMode: 'PrivateOnly', queryAccessMode: 'Open' } }
}

resource logs 'Microsoft.Insights/privateLinkScopes/scopedResources@2021-09-01' = {
  parent: scope
  name: 'logs'
  properties: { linkedResourceId: environment.workspaceId }
}

resource traces 'Microsoft.Insights/privateLinkScopes/scopedResources@2021-09-01' = {
  parent: scope
  name: 'traces'
  properties: { linkedResourceId: insightsId }
}

resource collection 'Microsoft.Insights/privateLinkScopes/scopedResources@2021-09-01' = {
  parent: scope
  name: 'collection'
  properties: { linkedResourceId: collectionEndpointId }
}

module endpoint '../network/private-endpoint.bicep' = {
  params: {
    environment: environment
    what: 'monitor'
    subnetId: subnetId
    targetId: scope.id
    group: 'azuremonitor'
    zoneIds: zoneIds
  }
  dependsOn: [logs, traces, collection]
}
