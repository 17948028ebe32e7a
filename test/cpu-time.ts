/**
 * Milliseconds of processor time that this process has used. For what must be over in a moment: other than a clock,
 * it does not go on while the machine does something else.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
