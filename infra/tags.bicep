// The four tags of everything that takes tags: the cost report groups by them, and an owner is asked by them.
import { environmentName } from 'shapes.bicep'

@export()
type tagSet = {
  Project: string
  Environment: environmentName
  @minLength(3)
  @maxLength(64)
  Owner: string
  @minLength(2)
  @maxLength(32)
  CostCenter: string
}

@export()
func tagsOf(environment environmentName, owner string, costCenter string) tagSet => {
  Project: 'LegendOps'
  Environment: environment
  Owner: owner
  CostCenter: costCenter
}
