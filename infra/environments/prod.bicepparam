// Private, over three zones, copies in another region, locked against deletion.
using '../main.bicep'

param environment = 'prod'
param location = 'westeurope'
param owner = readEnvironmentVariable('LEGENDOPS_OWNER', 'Platform team')
param costCenter = readEnvironmentVariable('LEGENDOPS_COST_CENTER', 'platform')
param people = {
  platformGroupId: readEnvironmentVariable('LEGENDOPS_PLATFORM_GROUP_ID', '00000000-0000-0000-0000-000000000001')
  databaseGroupId: readEnvironmentVariable('LEGENDOPS_DATABASE_GROUP_ID', '00000000-0000-0000-0000-000000000002')
  databaseGroupName: readEnvironmentVariable('LEGENDOPS_DATABASE_GROUP_NAME', 'legendops-database-administrators')
}
param addressRange = '10.30.0.0/16'
param cluster = {
  tier: 'Standard'
  kubernetesVersion: '1.36'
  zones: ['1', '2', '3']
  system: { size: 'Standard_D4ads_v5', min: 3, max: 5 }
  apps: { size: 'Standard_D8ads_v5', min: 3, max: 20 }
  podRange: '10.130.0.0/16'
  serviceRange: '10.192.32.0/20'
}
param databases = {
  layout: 'server-each'
  size: 'Standard_D4ds_v5'
  storageGiB: 512
  highAvailability: 'ZoneRedundant'
  backupDays: 35
  geoRedundantBackup: true
}
param mediaReplication = 'Standard_GZRS'
param ddosProtection = 'infrastructure'
param webHost = 'app.${readEnvironmentVariable('LEGENDOPS_DOMAIN', 'legendops.example')}'
param mediaHost = 'media.${readEnvironmentVariable('LEGENDOPS_DOMAIN', 'legendops.example')}'
param requestsPerMinute = 3000
param dashboards = 'managed'
param alertMail = [readEnvironmentVariable('LEGENDOPS_ALERT_MAIL', 'platform@legendops.example')]
param slackChannelAddress = readEnvironmentVariable('LEGENDOPS_SLACK_ADDRESS', 'alerts@legendops.example')
param deliveryPrincipalId = readEnvironmentVariable('LEGENDOPS_DELIVERY_ID', '00000000-0000-0000-0000-000000000003')
param logDays = 90
param logGbPerDay = -1
param monthlyBudget = 12000
param budgetFrom = '2026-12-01'
param keepsData = true
param networkWatcher = { resourceGroup: 'NetworkWatcherRG', name: 'NetworkWatcher_westeurope' }
