// One PostgreSQL server with the databases that it is given. People and services sign in with Entra; passwords are for the
// operator's provisioners and the logins of tenants, which PostgreSQL makes itself and Entra does not know.
import { context, everyLog, everyMetric, globalNameOf } from 'variables.bicep'
import { databaseServers, directoryGroups } from 'shapes.bicep'

param environment context

@minLength(4)
@maxLength(12)
param what string

@minLength(1)
param databases string[]
param servers databaseServers
param people directoryGroups
param subnetId string
param zoneId string

// Azure wants an administrator with a password wherever passwords are allowed. Nobody knows this one: each deployment
// makes another, and people who administer sign in with Entra.
@secure()
param administratorPassword string

var tier = startsWith(servers.size, 'Standard_B')
  ? 'Burstable'
  : startsWith(servers.size, 'Standard_D') ? 'GeneralPurpose' : 'MemoryOptimized'

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: globalNameOf(environment.environment, what, environment.token)
  location: environment.location
  tags: environment.tags
  sku: { name: servers.size, tier: tier }
  properties: {
    version: '18'
    administratorLogin: 'unused'
    administratorLoginPassword: administratorPassword
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Enabled', tenantId: tenant().tenantId }
    network: { publicNetworkAccess: 'Disabled' }
    storage: { storageSizeGB: servers.storageGiB, autoGrow: 'Enabled' }
    backup: {
      backupRetentionDays: servers.backupDays
      geoRedundantBackup: servers.geoRedundantBackup ? 'Enabled' : 'Disabled'
    }
    highAvailability: { mode: servers.highAvailability }
    maintenanceWindow: { customWindow: 'Enabled', dayOfWeek: 0, startHour: 2, startMinute: 0 }
  }
}

// Azure changes one thing of a server at a time, so each waits for the one before.
var settings = [
  { name: 'require_secure_transport', value: 'on' }
  { name: 'ssl_min_protocol_version', value: 'TLSv1.2' }
  { name: 'password_encryption', value: 'scram-sha-256' }
  { name: 'azure.accepted_password_auth_method', value: 'scram-sha-256' }
  { name: 'log_connections', value: 'on' }
  { name: 'log_disconnections', value: 'on' }
  { name: 'log_lock_waits', value: 'on' }
  { name: 'log_min_duration_statement', value: '1000' }
  { name: 'logfiles.download_enable', value: 'off' }
]

@batchSize(1)
resource configurations 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = [
  for setting in settings: {
    parent: server
    name: setting.name
    properties: { value: setting.value, source: 'user-override' }
  }
]

resource databasesOf 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01' = [
  for name in databases: {
    parent: server
    name: name
    properties: { charset: 'UTF8', collation: 'en_US.utf8' }
    dependsOn: [configurations]
  }
]

// The migrator's identity is a member of this group; its own object id is not known before it is made, and what-if would
// stop at a name that is not known.
resource administratorGroup 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2025-08-01' = {
  parent: server
  name: people.databaseGroupId
  properties: { principalType: 'Group', principalName: people.databaseGroupName, tenantId: tenant().tenantId }
  dependsOn: [databasesOf]
}

resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (environment.keepsData) {
  name: 'keep'
  scope: server
  properties: { level: 'CanNotDelete', notes: 'Data of tenants: remove this lock by hand first' }
}

#disable-next-line use-recent-api-versions
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: server
  properties: {
    workspaceId: environment.workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: everyLog
    metrics: everyMetric
  }
}

module endpoint 'network/private-endpoint.bicep' = {
  params: {
    environment: environment
    what: what
    subnetId: subnetId
    targetId: server.id
    group: 'postgresqlServer'
    zoneIds: [zoneId]
  }
  dependsOn: [administratorGroup]
}

output id string = server.id
output host string = server.properties.fullyQualifiedDomainName
