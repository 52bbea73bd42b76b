// The shape of production at a smaller size, so that what is seen here holds there: private, over three zones.
using '../main.bicep'

param environment = 'staging'
param location = 'westeurope'
param owner = readEnvironmentVariable('LEGENDOPS_OWNER', 'Platform team')
param costCenter = readEnvironmentVariable('LEGENDOPS_COST_CENTER', 'platform')
param people = {
  platformGroupId: readEnvironmentVariable('LEGENDOPS_PLATFORM_GROUP_ID', '00000000-0000-0000-0000-000000000001')
  databaseGroupId: readEnvironmentVariable('LEGENDOPS_DATABASE_GROUP_ID', '00000000-0000-0000-0000-000000000002')
  databaseGroupName: readEnvironmentVariable('LEGENDOPS_DATABASE_GROUP_NAME', 'legendops-database-administrators')
}
param addressRange = '10.20.0.0/16'
param cluster = {
  tier: 'Standard'
  kubernetesVersion: '1.36'
  zones: ['1', '2', '3']
  system: { size: 'Standard_D2ads_v5', min: 2, max: 3 }
  apps: { size: 'Standard_D4ads_v5', min: 2, max: 6 }
  podRange: '10.129.0.0/16'
  serviceRange: '10.192.16.0/20'
}
param databases = {
  layout: 'one-server'
  size: 'Standard_D2ds_v5'
  storageGiB: 128
  highAvailability: 'ZoneRedundant'
  backupDays: 14
  geoRedundantBackup: false
}
param mediaReplication = 'Standard_ZRS'
param ddosProtection = 'infrastructure'
param webHost = 'staging.${readEnvironmentVariable('LEGENDOPS_DOMAIN', 'legendops.example')}'
param mediaHost = 'media.staging.${readEnvironmentVariable('LEGENDOPS_DOMAIN', 'legendops.example')}'
param requestsPerMinute = 1000
param dashboards = 'managed'
param alertMail = [readEnvironmentVariable('LEGENDOPS_ALERT_MAIL', 'platform@legendops.example')]
param slackChannelAddress = readEnvironmentVariable('LEGENDOPS_SLACK_ADDRESS', 'alerts-staging@legendops.example')
param deliveryPrincipalId = readEnvironmentVariable('LEGENDOPS_DELIVERY_ID', '00000000-0000-0000-0000-000000000003')
param logDays = 30
param logGbPerDay = 5
param monthlyBudget = 3000
param budgetFrom = '2026-12-01'
param keepsData = false
param networkWatcher = { resourceGroup: 'NetworkWatcherRG', name: 'NetworkWatcher_westeurope' }
