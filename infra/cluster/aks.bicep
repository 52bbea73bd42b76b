// The cluster itself. The autoscaler and not node auto-provisioning: with that a cluster cannot be stopped, and dev is
// stopped every evening.
import { context, everyLog, everyMetric, identityReference, nameOf } from '../variables.bicep'
import { clusterShape } from '../shapes.bicep'

param environment context
param shape clusterShape
param controlPlane identityReference
param nodes identityReference
param subnetId string
param engineersFrom string[]
param hasManagedPrometheus bool

// 110 pods a node: overlay networks spend no address of the subnet on them. The disk fits the 75 GiB that the smallest
// machine has beside its memory, where it costs nothing and is lost with the machine.
var everyPool = {
  type: 'VirtualMachineScaleSets'
  osType: 'Linux'
  osSKU: 'AzureLinux3'
  osDiskType: 'Ephemeral'
  osDiskSizeGB: 64
  enableAutoScaling: true
  enableEncryptionAtHost: true
  enableNodePublicIP: false
  maxPods: 110
  vnetSubnetID: subnetId
  availabilityZones: shape.zones
  tags: environment.tags
}

resource cluster 'Microsoft.ContainerService/managedClusters@2026-08-01' = {
  name: nameOf(environment.environment, 'cluster')
  location: environment.location
  tags: environment.tags
  sku: { name: 'Base', tier: shape.tier }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${controlPlane.id}': {} } }
  properties: {
    kubernetesVersion: shape.kubernetesVersion
    dnsPrefix: nameOf(environment.environment, environment.token)
    nodeResourceGroup: nameOf(environment.environment, 'nodes')
    nodeResourceGroupProfile: { restrictionLevel: 'ReadOnly' }
    disableLocalAccounts: true
    enableRBAC: true
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: tenant().tenantId }
    oidcIssuerProfile: { enabled: true }
    podIdentityProfile: { enabled: false }
    apiServerAccessProfile: empty(engineersFrom)
      ? {
          enablePrivateCluster: true
          enablePrivateClusterPublicFQDN: false
          privateDNSZone: 'system'
          disableRunCommand: true
        }
      : { enablePrivateCluster: false, authorizedIPRanges: engineersFrom, disableRunCommand: true }
    identityProfile: {
      kubeletidentity: { resourceId: nodes.id, clientId: nodes.clientId, objectId: nodes.principalId }
    }
    agentPoolProfiles: [
      union(everyPool, {
        name: 'system'
        mode: 'System'
        vmSize: shape.system.size
        minCount: shape.system.min
        maxCount: shape.system.max
        count: shape.system.min
        nodeTaints: ['CriticalAddonsOnly=true:NoSchedule']
        upgradeSettings: { maxSurge: '33%', drainTimeoutInMinutes: 30 }
      })
      union(everyPool, {
        name: 'apps'
        mode: 'User'
        vmSize: shape.apps.size
        minCount: shape.apps.min
        maxCount: shape.apps.max
        count: shape.apps.min
        upgradeSettings: { maxSurge: '33%', drainTimeoutInMinutes: 30 }
      })
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      outboundType: 'userAssignedNATGateway'
      loadBalancerSku: 'standard'
      podCidr: shape.podRange
      serviceCidr: shape.serviceRange
      dnsServiceIP: cidrHost(shape.serviceRange, 9)
    }
    autoScalerProfile: {
      expander: 'least-waste'
      'balance-similar-node-groups': 'true'
      'scale-down-unneeded-time': '10m'
    }
    autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' }
    storageProfile: {
      diskCSIDriver: { enabled: true }
      fileCSIDriver: { enabled: false }
      blobCSIDriver: { enabled: false }
      snapshotController: { enabled: false }
    }
    securityProfile: {
      workloadIdentity: { enabled: true }
      imageCleaner: { enabled: true, intervalHours: 120 }
      defender: {
        logAnalyticsWorkspaceResourceId: environment.workspaceId
        securityMonitoring: { enabled: true }
      }
    }
    azureMonitorProfile: { metrics: { enabled: hasManagedPrometheus } }
    addonProfiles: {
      azurepolicy: { enabled: true }
      azureKeyvaultSecretsProvider: {
        enabled: true
        config: { enableSecretRotation: 'true', rotationPollInterval: '2m' }
      }
      omsagent: {
        enabled: true
        config: { logAnalyticsWorkspaceResourceID: environment.workspaceId, useAADAuth: 'true' }
      }
    }
  }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: cluster
  properties: {
    workspaceId: environment.workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: everyLog
    metrics: everyMetric
  }
}

output id string = cluster.id
output name string = cluster.name
output issuerUrl string = cluster.properties.oidcIssuerProfile.issuerURL
