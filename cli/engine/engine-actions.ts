/** What `nightshift engine` can do. */
export const ENGINE_ACTIONS = ['show', 'renew', 'verify', 'remove', 'list'] as const
export type EngineAction = (typeof ENGINE_ACTIONS)[number]
