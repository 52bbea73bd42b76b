// What every module shares: its context, names, the built-in roles that are given. Creates nothing.
import { environmentName, region } from 'shapes.bicep'
import { tagSet } from 'tags.bicep'

@export()
@description('What a module must know of the environment it builds.')
type context = {
  environment: environmentName
  location: region
  @description('Part of names that must be free in all of Azure: lower case letters and digits.')
  @minLength(6)
  @maxLength(6)
  token: string
  tags: tagSet
  @description('Whether what holds data may be deleted by one command.')
  keepsData: bool
  @description('The Log Analytics workspace that every diagnostic setting writes to.')
  workspaceId: string
}

@export()
@description('A service and the identity that it signs in with.')
type identityReference = {
  name: string
  id: string
  clientId: string
  principalId: string
}

@export()
@description('The object ids of the programs that hold rights, by service.')
type principals = {
  auth: string
  billing: string
  catalog: string
  portal: string
  operator: string
}

@export()
@description('The services that hold rights, in the order of their names.')
var programs = ['auth', 'billing', 'catalog', 'operator', 'portal']

@export()
@description('What a service finds its vault by.')
type vaultUris = {
  auth: string
  billing: string
  operator: string
  portal: string
}

@export()
@description('Where databases are.')
type databaseHost = {
  host: string
  databases: string[]
}

@export()
@description('What a service account is annotated with.')
type clientId = {
  name: string
  clientId: string
}

@export()
@description('How services sign in to databases: the group that installs, and the object id of each service.')
type databaseSignIn = {
  administratorLogin: string
  identities: {
    auth: string
    billing: string
    catalog: string
    portal: string
  }
}

@export()
@description('What charts are installed with.')
type chartValues = {
  cluster: string
  @description('Whose service account tokens the services believe.')
  issuer: string
  tenantId: string
  webHost: string
  registry: string
  settings: string
  vaults: vaultUris
  databases: databaseHost[]
  databaseSignIn: databaseSignIn
  @description('Where services send their traces, with a token of their own.')
  traces: string
  frontend: string
  @description('Where catalog keeps files, and where browsers find them.')
  media: { blobUrl: string, publicUrl: string }
  clientIds: clientId[]
}

@export()
@description('The namespace of the services and of the operator.')
var platformNamespace = 'legendops'

@export()
@description('The databases, and with them the service that each belongs to.')
var databaseNames = ['auth_db', 'billing_db', 'catalog_db', 'portal_db']

@export()
@description('Names within the resource group: legendops-dev-cluster.')
func nameOf(environment environmentName, what string) string => 'legendops-${environment}-${what}'

@export()
@description('Names that must be free in all of Azure: legendops-prod-settings-x1y2z3.')
func globalNameOf(environment environmentName, what string, token string) string =>
  'legendops-${environment}-${what}-${token}'

@export()
@description('Globally free names of letters and digits alone, at most 24 characters: loprodmediax1y2z3.')
func plainNameOf(environment environmentName, what string, token string) string => 'lo${environment}${what}${token}'

@export()
@description('A diagnostic setting of every log and every metric of a resource. The stable version of such settings knows no groups of logs, so the preview that everybody uses is taken, and said so at each.')
var everyLog = [{ categoryGroup: 'allLogs', enabled: true }]

@export()
var everyMetric = [{ category: 'AllMetrics', enabled: true }]

@export()
@description('Built-in roles, by what they allow; each is given at the narrowest scope that works.')
var roles = {
  appConfigurationDataReader: '516239f1-63e1-4d78-a4de-a74fb236a071'
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  acrPush: '8311e382-0749-4cb8-b61a-304f252e45ec'
  aksClusterAdmin: 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b'
  aksClusterUser: '4abbcc35-e782-43d8-92c5-2d3f1bd2253f'
  gatewayConfigurationManager: 'fbc52c3f-28ad-4303-a892-8a056630b8f1'
  grafanaAdmin: '22926164-76b3-42b3-bc55-97df8dab3e41'
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  managedIdentityOperator: 'f1a07417-d97a-45cb-824c-7a7467783830'
  monitoringDataReader: 'b0d8363b-8ddd-447d-831f-62ca05bff136'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  monitoringReader: '43d0d8ad-25c7-4714-9337-8ba259a9fe05'
  networkContributor: '4d97b98b-1d4f-4787-a291-c67834d212e7'
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  storageBlobDelegator: 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
}
