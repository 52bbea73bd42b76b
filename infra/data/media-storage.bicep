// Three containers. Services reach them through the private endpoint, browsers through Front Door's private link with a
// signature of minutes that a service made; there are no account keys to sign with.
import { context, everyLog, plainNameOf, principals, roles } from '../variables.bicep'

param environment context
param subnetId string
param zoneId string
param replication 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'
param webOrigin string
param objectIds principals

var contributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
var delegator = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDelegator)

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: plainNameOf(environment.environment, 'media', environment.token)
  location: environment.location
  tags: environment.tags
  kind: 'StorageV2'
  sku: { name: replication }
  properties: {
    accessTier: 'Hot'
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowCrossTenantReplication: false
    allowedCopyScope: 'PrivateLink'
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] }
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      services: { blob: { enabled: true, keyType: 'Account' } }
    }
    sasPolicy: { sasExpirationPeriod: '00.00:15:00', expirationAction: 'Block' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-06-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    lastAccessTimeTrackingPolicy: {
      enable: true
      name: 'AccessTimeTracking'
      trackingGranularityInDays: 1
      blobType: ['blockBlob']
    }
    changeFeed: { enabled: true, retentionInDays: 30 }
    deleteRetentionPolicy: { enabled: true, days: 30 }
    containerDeleteRetentionPolicy: { enabled: true, days: 30 }
    cors: {
      corsRules: [
        {
          allowedOrigins: [webOrigin]
          allowedMethods: ['GET', 'HEAD', 'PUT']
          allowedHeaders: ['content-type', 'x-ms-blob-type', 'x-ms-version']
          exposedHeaders: ['etag', 'x-ms-request-id']
          maxAgeInSeconds: 600
        }
      ]
    }
  }
}

resource productImages 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-06-01' = {
  parent: blobs
  name: 'product-images'
  properties: { publicAccess: 'None' }
}

resource visioStencils 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-06-01' = {
  parent: blobs
  name: 'visio-stencils'
  properties: { publicAccess: 'None' }
}

resource documents 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-06-01' = {
  parent: blobs
  name: 'documents'
  properties: { publicAccess: 'None' }
}

// A blob is named by its content's hash and never changes: a version before the newest is one that somebody deleted.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2026-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'old-versions'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'] }
            actions: {
              version: {
                tierToCool: { daysAfterCreationGreaterThan: 30 }
                delete: { daysAfterCreationGreaterThan: 90 }
              }
            }
          }
        }
        {
          name: 'documents-not-asked-for'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['documents/'] }
            actions: {
              baseBlob: { enableAutoTierToHotFromCool: true, tierToCool: { daysAfterLastAccessTimeGreaterThan: 180 } }
            }
          }
        }
      ]
    }
  }
  dependsOn: [blobs]
}

resource catalogWritesImages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(productImages.id, 'catalog', contributor)
  scope: productImages
  properties: {
    principalId: objectIds.catalog
    principalType: 'ServicePrincipal'
    roleDefinitionId: contributor
    description: 'catalog keeps product images'
  }
}

resource catalogWritesStencils 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(visioStencils.id, 'catalog', contributor)
  scope: visioStencils
  properties: {
    principalId: objectIds.catalog
    principalType: 'ServicePrincipal'
    roleDefinitionId: contributor
    description: 'catalog keeps stencils'
  }
}

resource catalogWritesDocuments 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(documents.id, 'catalog', contributor)
  scope: documents
  properties: {
    principalId: objectIds.catalog
    principalType: 'ServicePrincipal'
    roleDefinitionId: contributor
    description: 'catalog keeps data sheets of products'
  }
}

resource catalogSigns 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, 'catalog', delegator)
  scope: account
  properties: {
    principalId: objectIds.catalog
    principalType: 'ServicePrincipal'
    roleDefinitionId: delegator
    description: 'catalog signs links with a key of its own identity'
  }
}

resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (environment.keepsData) {
  name: 'keep'
  scope: account
  properties: { level: 'CanNotDelete', notes: 'Media and documents of tenants: remove this lock by hand first' }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: blobs
  properties: {
    workspaceId: environment.workspaceId
    logs: everyLog
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions
resource accountDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: { workspaceId: environment.workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

module endpoint '../network/private-endpoint.bicep' = {
  params: {
    environment: environment
    what: 'media'
    subnetId: subnetId
    targetId: account.id
    group: 'blob'
    zoneIds: [zoneId]
  }
}

output id string = account.id
output name string = account.name
output blobUrl string = account.properties.primaryEndpoints.blob
