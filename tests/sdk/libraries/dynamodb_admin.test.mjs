// dynamodb-admin's pages in a headless Chromium: tables, items, query, edit.
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { createServer } from "dynamodb-admin";
import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { startStator } from "../js/stator.mjs";
import { settings } from "./settings.mjs";

const kPageMilliseconds = 20_000;

function findChromium() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const places = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => places.map((place) => join(place, name))).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const executablePath = findChromium();
const skip = executablePath ? false : "there is no Chromium on PATH: apt-get install chromium";

let stator;
let client;
let admin;
let browser;
let page;
let site;

before(async () => {
  if (skip) return;
  stator = await startStator();
  client = new DynamoDB(settings(stator));
  admin = createServer({ dynamoEndpoint: stator.endpoint }).listen(0, "127.0.0.1");
  await once(admin, "listening");
  site = `http://127.0.0.1:${admin.address().port}`;
  browser = await puppeteer.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  page = await browser.newPage();
  page.setDefaultTimeout(kPageMilliseconds);
  page.on("dialog", (dialog) => dialog.accept());
});

after(async () => {
  if (skip) return;
  await browser.close();
  admin.closeAllConnections();
  admin.close();
  client.destroy();
  await stator.stop();
});

const open = (path) => page.goto(`${site}${path}`);

// Clicks, and waits for the page that comes of it.
const follow = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

// The cells of the items' table, a row each, without its column of links.
async function rows() {
  await page.waitForSelector("#items-container tr td + td");
  return page.$$eval("#items-container tr", (found) =>
    found.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent.trim())),
  );
}

test("a table is listed", { skip }, async () => {
  await client.createTable({
    TableName: "Songs",
    AttributeDefinitions: [
      { AttributeName: "artist", AttributeType: "S" },
      { AttributeName: "year", AttributeType: "N" },
    ],
    KeySchema: [
      { AttributeName: "artist", KeyType: "HASH" },
      { AttributeName: "year", KeyType: "RANGE" },
    ],
    BillingMode: "PAY_PER_REQUEST",
  });
  await open("/");
  const names = await page.$$eval("#table-list li", (found) => found.map((li) => li.dataset.tableName));
  assert.deepEqual(names, ["Songs"]);
});

// It sends the form's numbers as texts, which AWS refuses as well: aaronshaf/dynamodb-admin#518.
test("what is wrong with a new table is shown", { skip }, async () => {
  await open("/create-table");
  await page.type("#TableName", "Films");
  await page.type("#HashAttributeName", "title");
  await page.click("#saveButton");
  await page.waitForSelector("#error-wrapper .alert");
  const text = await page.$eval("#error-wrapper", (wrapper) => wrapper.textContent);
  assert.equal(text, "STRING_VALUE cannot be converted to Long");
});

test("an item is written in the editor", { skip }, async () => {
  await open("/tables/Songs/add-item");
  await page.evaluate(() => editor.setValue('{"artist": "Nina", "year": 1965, "title": "Feeling"}'));
  await follow("#saveButton");
  const { Item } = await client.getItem({
    TableName: "Songs",
    Key: { artist: { S: "Nina" }, year: { N: "1965" } },
  });
  assert.deepEqual(Item.title, { S: "Feeling" });
});

test("the items are shown", { skip }, async () => {
  await client.putItem({
    TableName: "Songs",
    Item: { artist: { S: "Miles" }, year: { N: "1959" }, title: { S: "So What" } },
  });
  await open("/tables/Songs");
  assert.deepEqual((await rows()).map((row) => row[0]).sort(), ['"Miles"', '"Nina"']);
});

test("a query finds by key", { skip }, async () => {
  await open("/tables/Songs");
  await page.select("[name=operationType]", "query");
  const row = await page.evaluateHandle(() =>
    [...document.querySelectorAll("#filters-table tr")].find(
      (each) => each.querySelector(".filter-row-key").value === "artist",
    ),
  );
  await (await row.$(".filter-row-value")).type("Miles");
  await follow("#form button[type=submit]");
  const found = await rows();
  assert.equal(found.length, 1);
  assert.ok(found[0].includes('"So What"'), found[0]);
});

test("an item is edited and deleted", { skip }, async () => {
  const Key = { artist: { S: "Nina" }, year: { N: "1965" } };
  await open("/tables/Songs/items/Nina,1965");
  await page.evaluate(() => editor.setValue('{"artist": "Nina", "year": 1965, "title": "Good"}'));
  await Promise.all([
    page.waitForResponse((reply) => reply.request().method() === "PUT"),
    page.click("#saveButton"),
  ]);
  assert.deepEqual((await client.getItem({ TableName: "Songs", Key })).Item.title, { S: "Good" });

  await follow("button.btn-danger");
  assert.equal((await client.getItem({ TableName: "Songs", Key })).Item, undefined);
});

test("a table is deleted from the list", { skip }, async () => {
  await open("/");
  await follow("#table-list .badge-danger");
  assert.deepEqual((await client.listTables({})).TableNames, []);
});
