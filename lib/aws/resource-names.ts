/** The names of everything that an installation has on AWS besides its bucket. The deployment template uses them too. */
export function resourceNames(prefix: string) {
  return {
    table: `${prefix}-jobs`,
    queue: `${prefix}-convert`,
    webhookQueue: `${prefix}-webhook`,
    /** Takes what is no message of ours. */
    unreadable: `${prefix}-convert-unreadable`,
    topic: `${prefix}-events`,
    /** How the names of the queues begin that listening processes make for themselves. */
    nodeQueues: `${prefix}-events-`,
  }
}
