// Who the platform's own programs are. No identity has a secret: a pod's token from the cluster's issuer is traded for one
// of Entra, for one service account each. Azure takes 20 such trades an identity; tenants' jobs have none (they get what
// they need from the billing service), so the number does not grow with tenants.
import { clientId, context, platformNamespace, principals } from 'variables.bicep'

param environment context

@description('The cluster\'s token issuer.')
param issuerUrl string

var workloads = [
  { name: 'auth', namespace: platformNamespace, account: 'auth' }
  { name: 'billing', namespace: platformNamespace, account: 'billing' }
  { name: 'catalog', namespace: platformNamespace, account: 'catalog' }
  { name: 'portal', namespace: platformNamespace, account: 'portal' }
  { name: 'tenant-operator', namespace: platformNamespace, account: 'tenant-operator' }
  { name: 'migrator', namespace: platformNamespace, account: 'migrations' }
  // Where the chart of Azure's gateway controller runs it.
  { name: 'gateway-controller', namespace: 'azure-alb-system', account: 'alb-controller-sa' }
]

module identities 'identity/workload-identity.bicep' = [
  for workload in workloads: {
    params: {
      environment: environment
      what: workload.name
      issuerUrl: issuerUrl
      subjects: [{ name: 'cluster', namespace: workload.namespace, account: workload.account }]
    }
  }
]

// Closing what a tenant's vendors are reached by when the tenant is suspended for good or deleted needs no reading of it.
resource secretCloser 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'secret-closer')
  properties: {
    roleName: 'LegendOps secret closer (${environment.environment})'
    description: 'Lists, disables and soft-deletes secrets of a Key Vault, and reads, writes and purges none.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: [
          'Microsoft.KeyVault/vaults/secrets/readMetadata/action'
          'Microsoft.KeyVault/vaults/secrets/update/action'
          'Microsoft.KeyVault/vaults/secrets/delete'
        ]
        notDataActions: []
      }
    ]
  }
}

output objectIds principals = {
  auth: identities[0].outputs.reference.principalId
  billing: identities[1].outputs.reference.principalId
  catalog: identities[2].outputs.reference.principalId
  portal: identities[3].outputs.reference.principalId
  operator: identities[4].outputs.reference.principalId
}
output gatewayControllerId string = identities[6].outputs.reference.principalId

@description('What service accounts are annotated with.')
output clientIds clientId[] = [
  for (workload, index) in workloads: { name: workload.name, clientId: identities[index].outputs.reference.clientId }
]
