// When Azure may change the cluster: a Sunday night each week for versions, each Wednesday night for the nodes' images.
import { context, nameOf } from '../variables.bicep'

param environment context

resource cluster 'Microsoft.ContainerService/managedClusters@2026-08-01' existing = {
  name: nameOf(environment.environment, 'cluster')
}

resource versions 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2026-08-01' = {
  parent: cluster
  name: 'aksManagedAutoUpgradeSchedule'
  properties: {
    maintenanceWindow: {
      schedule: { weekly: { intervalWeeks: 1, dayOfWeek: 'Sunday' } }
      durationHours: 4
      utcOffset: '+00:00'
      startTime: '01:00'
    }
  }
}

resource nodeImages 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2026-08-01' = {
  parent: cluster
  name: 'aksManagedNodeOSUpgradeSchedule'
  properties: {
    maintenanceWindow: {
      schedule: { weekly: { intervalWeeks: 1, dayOfWeek: 'Wednesday' } }
      durationHours: 4
      utcOffset: '+00:00'
      startTime: '01:00'
    }
  }
  dependsOn: [versions]
}
