// Flow logs of the whole network, in the group of the region's network watcher: there is one watcher a region, made by
// Azure with the first network. Logs of security groups are closed to new use.
import { context, nameOf } from '../variables.bicep'

param environment context
param watcherName string
param networkId string
param storageId string
param identityId string

@minValue(90)
@maxValue(365)
param retentionDays int

resource watcher 'Microsoft.Network/networkWatchers@2026-03-01' existing = {
  name: watcherName
}

resource flowLogs 'Microsoft.Network/networkWatchers/flowLogs@2026-03-01' = {
  parent: watcher
  name: nameOf(environment.environment, 'flows')
  location: environment.location
  tags: environment.tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    enabled: true
    targetResourceId: networkId
    storageId: storageId
    format: { type: 'JSON', version: 2 }
    retentionPolicy: { enabled: true, days: retentionDays }
    flowAnalyticsConfiguration: {
      networkWatcherFlowAnalyticsConfiguration: {
        enabled: true
        workspaceResourceId: environment.workspaceId
        trafficAnalyticsInterval: 10
      }
    }
  }
}
