/** A condition of the Kubernetes API conventions. */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  observedGeneration?: number;
  lastTransitionTime: string;
}

export type ConditionValue = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** The list with this condition in it; the transition time moves only when the status changes. */
export const withCondition = (
  conditions: readonly Condition[],
  value: ConditionValue,
  { generation, now }: { generation: number; now: Date },
): Condition[] => {
  const before = conditions.find(({ type }) => type === value.type);
  const condition: Condition = {
    ...value,
    observedGeneration: generation,
    lastTransitionTime:
      before?.status === value.status ? before.lastTransitionTime : `${now.toISOString().slice(0, 19)}Z`,
  };
  return before
    ? conditions.map((other) => (other.type === value.type ? condition : other))
    : [...conditions, condition];
};

export const conditionOf = (conditions: readonly Condition[] | undefined, type: string): Condition | undefined =>
  conditions?.find((condition) => condition.type === type);
