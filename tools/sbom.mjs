// Is a file valid CycloneDX 1.6? By the schema that CycloneDX itself publishes with its library.
import { readFileSync } from "node:fs";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";

const [file] = process.argv.slice(2);
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
const faults = await validator.validate(readFileSync(file, "utf8"));
if (faults !== null) {
  console.log(JSON.stringify(faults, null, 1));
  process.exit(1);
}
