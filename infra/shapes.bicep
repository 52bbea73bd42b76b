// The words of a parameter file: what is not named here is refused before anything is deployed. Creates nothing.

@export()
@description('The environments that exist; each has a resource group of its own.')
type environmentName = 'dev' | 'staging' | 'prod'

@export()
@description('Regions with three zones and every service used here.')
type region =
  | 'northeurope'
  | 'westeurope'
  | 'swedencentral'
  | 'germanywestcentral'
  | 'uksouth'
  | 'eastus2'
  | 'centralus'
  | 'westus3'

@export()
@description('An Entra object id.')
@minLength(36)
@maxLength(36)
type objectId = string

@export()
@description('Who may sign in where, as Entra objects; nothing is given to a person by name.')
type directoryGroups = {
  @description('The group of platform engineers: Kubernetes and dashboards.')
  platformGroupId: objectId
  @description('The group whose members may sign in to PostgreSQL as administrators.')
  databaseGroupId: objectId
  @minLength(3)
  @maxLength(63)
  databaseGroupName: string
}

@export()
@description('Machines that were chosen; another is a decision, written here first.')
type machineSize =
  | 'Standard_D2ds_v5'
  | 'Standard_D2ads_v5'
  | 'Standard_D4ds_v5'
  | 'Standard_D4ads_v5'
  | 'Standard_D8ds_v5'
  | 'Standard_D8ads_v5'

@export()
type nodePool = {
  size: machineSize
  @minValue(1)
  @maxValue(100)
  min: int
  @minValue(1)
  @maxValue(100)
  max: int
}

@export()
type clusterShape = {
  tier: 'Free' | 'Standard' | 'Premium'
  kubernetesVersion: '1.36' | '1.35'
  @description('Zones that nodes are spread over.')
  zones: ('1' | '2' | '3')[]
  system: nodePool
  apps: nodePool
  @description('Ranges of pods and services, apart from the network and from each other.')
  podRange: string
  serviceRange: string
}

@export()
@description('Sizes that were chosen for an environment; another is a decision, written here first.')
type serverSize =
  | 'Standard_B2s'
  | 'Standard_B2ms'
  | 'Standard_D2ds_v5'
  | 'Standard_D4ds_v5'
  | 'Standard_D8ds_v5'
  | 'Standard_E8ds_v5'
  | 'Standard_E16ds_v5'

@export()
type databaseServers = {
  @description('All four on one server, or a server each.')
  layout: 'one-server' | 'server-each'
  size: serverSize
  storageGiB: 32 | 64 | 128 | 256 | 512 | 1024 | 2048
  highAvailability: 'Disabled' | 'SameZone' | 'ZoneRedundant'
  @description('How far back a restore to a moment reaches.')
  @minValue(7)
  @maxValue(35)
  backupDays: int
  geoRedundantBackup: bool
}

@export()
@description('The network watcher of the region, which Azure makes with the first network there.')
type watcher = {
  resourceGroup: string
  name: string
}
