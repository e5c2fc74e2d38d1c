/** s until MicroSIP asks for its directory again; it does not limit this itself. */
export const REFRESH = { least: 5, most: 86_400, preset: 60 } as const;
