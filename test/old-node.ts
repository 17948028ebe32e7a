/** Options that make the bootstrap believe that this Node is too old, so that it stays as a process of its own. */
export const OLD_NODE = [
  '--import',
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})',
]
