// A Key Vault for each service that holds secrets: written by that service, read by it alone. The operator may close what
// billing and portal keep of a tenant, without reading it. What deployment puts there (the sign-in key of auth, the
// provisioners' passwords) is put by a person with a role for an hour, never by a template.
import { context, principals, roles, vaultUris } from 'variables.bicep'

param environment context
param subnetId string
param zoneId string
param objectIds principals

// The name of the role that identity.bicep makes.
var closer = guid(resourceGroup().id, 'secret-closer')

module authVault 'data/vault.bicep' = {
  params: {
    environment: environment
    what: 'auth'
    subnetId: subnetId
    zoneId: zoneId
    objectIds: objectIds
    grants: [{ who: 'auth', roleId: roles.keyVaultSecretsUser, why: 'auth reads its signing key' }]
  }
}

module billingVault 'data/vault.bicep' = {
  params: {
    environment: environment
    what: 'billing'
    subnetId: subnetId
    zoneId: zoneId
    objectIds: objectIds
    grants: [
      { who: 'billing', roleId: roles.keyVaultSecretsOfficer, why: 'billing keeps what its vendors are reached by' }
      { who: 'operator', roleId: closer, why: 'the operator closes what a tenant leaves' }
    ]
  }
}

module operatorVault 'data/vault.bicep' = {
  params: {
    environment: environment
    what: 'operator'
    subnetId: subnetId
    zoneId: zoneId
    objectIds: objectIds
    grants: [{ who: 'operator', roleId: roles.keyVaultSecretsOfficer, why: 'the operator keeps the logins of tenants' }]
  }
}

module portalVault 'data/vault.bicep' = {
  params: {
    environment: environment
    what: 'portal'
    subnetId: subnetId
    zoneId: zoneId
    objectIds: objectIds
    grants: [
      { who: 'portal', roleId: roles.keyVaultSecretsOfficer, why: 'portal keeps what ticket systems are reached by' }
      { who: 'operator', roleId: closer, why: 'the operator closes what a tenant leaves' }
    ]
  }
}

output ids string[] = [authVault.outputs.id, billingVault.outputs.id, operatorVault.outputs.id, portalVault.outputs.id]
output uris vaultUris = {
  auth: authVault.outputs.uri
  billing: billingVault.outputs.uri
  operator: operatorVault.outputs.uri
  portal: portalVault.outputs.uri
}
