export function findBrowser(): string | null;
export function browserLaunchOptions(): { executablePath?: string; args: string[] };
export function findOrInstallBrowser(): Promise<{ path: string } | { reason: string }>;
