/**
 * How many connections a run of a job opens at most. The operator gives each tenant's login as many as its jobs need together,
 * so a job that wants more than this would lock its siblings out.
 */
export const connectionsOfJob = 3;
