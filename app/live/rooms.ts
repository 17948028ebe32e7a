import type { Server } from 'socket.io'
import type { Job } from '#lib/jobs.ts'
import type { OperatorTopic, ServerEvents } from './protocol.ts'

/** The rooms of a job's events. A batch's id may be named by others, so its room includes its owner. */
export const rooms = {
  job: (id: string) => `job ${id}`,
  batch: (owner: string, batchId: string) => `batch ${owner} ${batchId}`,
  owner: (owner: string) => `owner ${owner}`,
  /** Only signed-in operators are in it. */
  operators: (topic: OperatorTopic) => `operators ${topic}`,
  of: ({ id, batchId, owner }: Pick<Job, 'id' | 'batchId' | 'owner'>) => [
    rooms.job(id),
    rooms.batch(owner, batchId),
    rooms.owner(owner),
  ],
}

type LiveServer = Server<object, ServerEvents>

/** Those of the rooms that a browser is in. */
export function roomsWithListeners(io: LiveServer, names: readonly string[]): string[] {
  const { rooms } = io.of('/').adapter
  return names.filter(name => rooms.has(name))
}

/** Emits once to everybody in any of the rooms. To no room at all, Socket.IO alone would emit to all browsers. */
export function emitTo<E extends keyof ServerEvents>(
  { io, names }: { io: LiveServer; names: readonly string[] },
  event: E,
  ...content: Parameters<ServerEvents[E]>
): void {
  const listening = roomsWithListeners(io, names)
  if (listening.length > 0) io.to(listening).emit(event, ...content)
}
