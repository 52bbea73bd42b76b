// An identity that the named service accounts of the cluster, and nothing else, may take.
import { context, identityReference, nameOf } from '../variables.bicep'

param environment context

@minLength(2)
@maxLength(40)
param what string
param issuerUrl string

@description('Azure takes 20 an identity.')
@minLength(1)
@maxLength(20)
param subjects {
  name: string
  namespace: string
  account: string
}[]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: nameOf(environment.environment, what)
  location: environment.location
  tags: environment.tags
}

// Azure refuses two writes at once below one identity.
@batchSize(1)
resource credentials 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = [
  for subject in subjects: {
    parent: identity
    name: subject.name
    properties: {
      issuer: issuerUrl
      subject: 'system:serviceaccount:${subject.namespace}:${subject.account}'
      audiences: ['api://AzureADTokenExchange']
    }
  }
]

output reference identityReference = {
  name: identity.name
  id: identity.id
  clientId: identity.properties.clientId
  principalId: identity.properties.principalId
}
