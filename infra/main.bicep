// One environment of the platform in one resource group. Deployed by a person or by delivery, never by hand in the portal:
// README.md says how, environments/ with what.
targetScope = 'subscription'

import { clusterShape, databaseServers, directoryGroups, environmentName, region, watcher } from 'shapes.bicep'
import { tagsOf } from 'tags.bicep'
import { chartValues, nameOf } from 'variables.bicep'

param environment environmentName
param location region

@description('The team that answers for the environment.')
@minLength(3)
@maxLength(64)
param owner string

@minLength(2)
@maxLength(32)
param costCenter string

@description('The network\'s range of 65,536 addresses, such as 10.10.0.0/16; apart from those of pods, services and other environments.')
@minLength(11)
@maxLength(18)
param addressRange string

param people directoryGroups
param cluster clusterShape
param databases databaseServers

@description('Where media and documents are kept: one building, three, or another region as well.')
param mediaReplication 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'

@description('Infrastructure protection costs nothing and is always there; ip and network are paid.')
param ddosProtection 'infrastructure' | 'ip' | 'network'

@description('Names that people type: of the portal, and of media. DNS points both at Front Door.')
@minLength(4)
@maxLength(64)
param webHost string

@minLength(4)
@maxLength(64)
param mediaHost string

@description('Requests a minute from one address before the edge refuses it.')
@minValue(100)
@maxValue(100000)
param requestsPerMinute int

param dashboards 'managed' | 'grafana-cloud'

@minLength(1)
@maxLength(10)
param alertMail string[]

@description('The e-mail address that Slack gives a channel.')
@minLength(6)
param slackChannelAddress string

@description('Ranges that engineers come from. With none the API server and Grafana have no public address.')
param engineersFrom string[] = []

@description('The object id of the identity that delivers; empty where a person does.')
param deliveryPrincipalId string = ''

@minValue(30)
@maxValue(730)
param logDays int

@description('GB of logs a day after which nothing more is taken; -1 for no limit.')
param logGbPerDay int

@description('USD a month.')
@minValue(50)
param monthlyBudget int

@description('First day of a month, such as 2026-12-01.')
@minLength(10)
@maxLength(10)
param budgetFrom string

@description('Whether vaults, databases and media are locked against deletion.')
param keepsData bool

@description('The network watcher of the region, which Azure made with the first network there.')
param networkWatcher watcher

// Wanted by Azure and used by nobody: see microdb.bicep.
@secure()
param administratorPassword string = newGuid()

var tags = tagsOf(environment, owner, costCenter)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'legendops-${environment}'
  location: location
  tags: tags
}

module workspace 'monitor/workspace.bicep' = {
  scope: group
  params: {
    environment: environment
    location: location
    tags: tags
    retentionDays: logDays
    dailyQuotaGb: logGbPerDay
  }
}

// By its name and not as the module's output: what-if knows names before anything is made.
resource logs 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  scope: group
  name: nameOf(environment, 'logs')
}

var context = {
  environment: environment
  location: location
  token: substring(uniqueString(subscription().subscriptionId, environment), 0, 6)
  tags: tags
  keepsData: keepsData
  workspaceId: logs.id
}

module networking 'networking.bicep' = {
  scope: group
  params: { environment: context, addressRange: addressRange, ddosProtection: ddosProtection }
  dependsOn: [workspace]
}

module monitor 'monitor.bicep' = {
  scope: group
  params: {
    environment: context
    networkZones: {
      grafana: networking.outputs.zones.grafana
      prometheus: networking.outputs.zones.prometheus
      monitor: networking.outputs.zones.monitor
    }
    subnetId: networking.outputs.endpointsSubnetId
    insightsId: workspace.outputs.insightsId
    people: people
    dashboards: dashboards
    engineersFrom: engineersFrom
    alertMail: alertMail
    slackChannelAddress: slackChannelAddress
    monthlyBudget: monthlyBudget
    budgetFrom: budgetFrom
  }
}

module clusterIdentities 'identity/cluster-identities.bicep' = {
  scope: group
  params: { environment: context }
  dependsOn: [networking]
}

module kubernetes 'cluster.bicep' = {
  scope: group
  params: {
    environment: context
    shape: cluster
    people: people
    controlPlane: clusterIdentities.outputs.controlPlane
    nodes: clusterIdentities.outputs.nodes
    subnetId: networking.outputs.nodesSubnetId
    engineersFrom: engineersFrom
    deliveryPrincipalId: deliveryPrincipalId
    collectionEndpointId: monitor.outputs.collectionEndpointId
    logRuleId: monitor.outputs.logRuleId
    metricRuleId: monitor.outputs.metricRuleId
    hasManagedPrometheus: dashboards == 'managed'
  }
}

module identity 'identity.bicep' = {
  scope: group
  params: { environment: context, issuerUrl: kubernetes.outputs.issuerUrl }
}

// Azure makes this group with the cluster.
module nodeGroupReader 'identity/node-group-reader.bicep' = {
  scope: resourceGroup(nameOf(environment, 'nodes'))
  params: { principalId: identity.outputs.gatewayControllerId }
}

module registry 'registry.bicep' = {
  scope: group
  params: {
    environment: context
    subnetId: networking.outputs.endpointsSubnetId
    zoneId: networking.outputs.zones.registry
    nodesPrincipalId: clusterIdentities.outputs.nodes.principalId
    deliveryPrincipalId: deliveryPrincipalId
  }
}

module vaults 'vaults.bicep' = {
  scope: group
  params: {
    environment: context
    subnetId: networking.outputs.endpointsSubnetId
    zoneId: networking.outputs.zones.vault
    objectIds: identity.outputs.objectIds
  }
}

module configuration 'configuration.bicep' = {
  scope: group
  params: {
    environment: context
    subnetId: networking.outputs.endpointsSubnetId
    zoneId: networking.outputs.zones.configuration
    objectIds: identity.outputs.objectIds
  }
}

module telemetryWriters 'monitor/telemetry-writers.bicep' = {
  scope: group
  params: { environment: context, objectIds: identity.outputs.objectIds }
}

module storage 'storage.bicep' = {
  scope: group
  params: {
    environment: context
    subnetId: networking.outputs.endpointsSubnetId
    zoneId: networking.outputs.zones.blob
    replication: mediaReplication
    webOrigin: 'https://${webHost}'
    networkId: networking.outputs.networkId
    networkWatcher: networkWatcher
    objectIds: identity.outputs.objectIds
  }
}

module db 'db.bicep' = {
  scope: group
  params: {
    environment: context
    servers: databases
    people: people
    subnetId: networking.outputs.endpointsSubnetId
    zoneId: networking.outputs.zones.postgres
    administratorPassword: administratorPassword
  }
}

module edge 'edge.bicep' = {
  scope: group
  params: {
    environment: context
    requestsPerMinute: requestsPerMinute
    gatewaySubnetId: networking.outputs.gatewaySubnetId
    controllerPrincipalId: identity.outputs.gatewayControllerId
    mediaId: storage.outputs.mediaId
    mediaName: storage.outputs.mediaName
    webHost: webHost
    mediaHost: mediaHost
  }
}

module alerts 'monitor/alerts/alerts.bicep' = {
  scope: group
  params: {
    environment: context
    pageId: monitor.outputs.pageId
    tellId: monitor.outputs.tellId
    clusterId: kubernetes.outputs.id
    databaseServerIds: db.outputs.serverIds
    edgeProfileId: edge.outputs.profileId
    egressAddressId: networking.outputs.egressAddressId
    mediaId: storage.outputs.mediaId
    vaultIds: vaults.outputs.ids
    settingsId: configuration.outputs.id
    hasManagedPrometheus: dashboards == 'managed'
    prometheusId: monitor.outputs.prometheusId
  }
}

@description('What charts are installed with.')
output forCharts chartValues = {
  cluster: kubernetes.outputs.name
  issuer: kubernetes.outputs.issuerUrl
  tenantId: tenant().tenantId
  webHost: webHost
  registry: registry.outputs.loginServer
  settings: configuration.outputs.endpoint
  vaults: vaults.outputs.uris
  databases: db.outputs.hosts
  databaseSignIn: {
    administratorLogin: people.databaseGroupName
    identities: {
      auth: identity.outputs.objectIds.auth
      billing: identity.outputs.objectIds.billing
      catalog: identity.outputs.objectIds.catalog
      portal: identity.outputs.objectIds.portal
    }
  }
  traces: monitor.outputs.tracesUrl
  frontend: edge.outputs.gatewayHostName
  media: { blobUrl: storage.outputs.mediaBlobUrl, publicUrl: 'https://${mediaHost}' }
  clientIds: identity.outputs.clientIds
}

@description('What DNS points the two names at.')
output edgeHostName string = edge.outputs.endpointHostName
