// Every alert of Azure's own signals, a module a layer. What a service or job says of itself is watched in the cluster.
import { context } from '../../variables.bicep'

param environment context
param pageId string
param tellId string
param clusterId string
param databaseServerIds string[]
param edgeProfileId string
param egressAddressId string
param mediaId string
param vaultIds string[]
param settingsId string
param hasManagedPrometheus bool

@description('Empty where Grafana Cloud takes metrics.')
param prometheusId string

module infrastructure 'infrastructure.bicep' = {
  params: { environment: environment, pageId: pageId, tellId: tellId, clusterId: clusterId }
}

module cluster 'cluster-rules.bicep' = if (hasManagedPrometheus) {
  params: { environment: environment, pageId: pageId, tellId: tellId, clusterId: clusterId, prometheusId: prometheusId }
}

module databases 'databases.bicep' = {
  params: { environment: environment, pageId: pageId, tellId: tellId, serverIds: databaseServerIds }
}

module network 'network.bicep' = {
  params: {
    environment: environment
    pageId: pageId
    tellId: tellId
    edgeProfileId: edgeProfileId
    egressAddressId: egressAddressId
  }
}

module secrets 'secrets.bicep' = {
  params: { environment: environment, pageId: pageId, tellId: tellId, vaultIds: vaultIds }
}

module media 'media.bicep' = {
  params: { environment: environment, pageId: pageId, tellId: tellId, accountId: mediaId }
}

module settings 'settings.bicep' = {
  params: { environment: environment, pageId: pageId, tellId: tellId, storeId: settingsId }
}
