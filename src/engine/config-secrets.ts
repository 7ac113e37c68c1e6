// Whether a connection string of pgrunbook.yaml holds a password: strict, as a file is shared.

// Parameters of libpq whose value is a secret.
const secretNames = ['password', 'sslpassword', 'oauth_client_secret', 'scram_client_key'];

const secretKeyword = new RegExp(`(?<!\\w)(${secretNames.join('|')})\\s*=`, 'i');

/** True where it holds one or may: refusing too much costs an edit, too little a password. */
export function holdsPassword(connection: string): boolean {
  // A URI may also stand in the dbname of keyword=value pairs, so it is looked for anywhere.
  const uri = /postgres(ql)?:\/\/(?<rest>.*)$/is.exec(connection)?.groups?.['rest'];
  return secretKeyword.test(connection) || (uri !== undefined && uriHoldsPassword(uri));
}

// A password written without percent-encoding may hold / ? and @, so the last @ ends it.
function uriHoldsPassword(rest: string): boolean {
  const before_host = rest.slice(0, Math.max(0, rest.lastIndexOf('@')));
  const parameters = rest.split(/[?&;]/).slice(1);
  return /:./s.test(before_host) || parameters.some(isSecretParameter);
}

function isSecretParameter(parameter: string): boolean {
  const [written = ''] = parameter.split('=', 1);
  const name = written.replace(/%([0-9a-f]{2})/gi, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return secretNames.includes(name.trim().toLowerCase());
}
