// Media and documents of tenants, and the flow logs apart from them: who may write logs must not reach a document.
import { watcher } from 'shapes.bicep'
import { context, principals } from 'variables.bicep'

param environment context
param subnetId string
param zoneId string
param replication 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'

@description('Where browsers may send an upload from, such as https://app.legendops.example.')
param webOrigin string
param objectIds principals
param networkId string
param networkWatcher watcher

module media 'data/media-storage.bicep' = {
  params: {
    environment: environment
    subnetId: subnetId
    zoneId: zoneId
    replication: replication
    webOrigin: webOrigin
    objectIds: objectIds
  }
}

module flowLogs 'data/flow-log-storage.bicep' = {
  params: { environment: environment, subnetId: subnetId, zoneId: zoneId }
}

module flows 'network/flow-logs.bicep' = {
  scope: resourceGroup(networkWatcher.resourceGroup)
  params: {
    environment: environment
    watcherName: networkWatcher.name
    networkId: networkId
    storageId: flowLogs.outputs.id
    identityId: flowLogs.outputs.identityId
    retentionDays: 90
  }
}

output mediaId string = media.outputs.id
output mediaName string = media.outputs.name
output mediaBlobUrl string = media.outputs.blobUrl
