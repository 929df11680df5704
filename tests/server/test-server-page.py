"""The remote page in a real browser: Chromium, driven as a person would."""
import json
import os
import re
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from server import PATIENCE, Server, Target, new_token
from cli import main  # server.py knows where it is

PHONE, DESK = (360, 740), (1280, 900)
# What a browser writes of requests that a server left without an answer.
GONE = 'WebSocket connection|ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|SOCKET_NOT_CONNECTED)'
USED_ROLES = ('button', 'link', 'textbox', 'searchbox', 'combobox', 'spinbutton', 'image', 'dialog', 'progressbar')


class Browser:
    """For a `with` block; ends only well where the page wrote no error into the browser's own console."""

    def __init__(self, folder, size=DESK, scheme='light'):
        options = webdriver.ChromeOptions()
        options.binary_location = '/usr/bin/chromium'
        for word in ('--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--lang=en-US',
                     f'--user-data-dir={folder}/browser'):
            options.add_argument(word)
        options.add_experimental_option('prefs', {'download.default_directory': folder})
        options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
        self.driver = webdriver.Chrome(service=Service('/usr/bin/chromedriver'), options=options)
        self.look(size, scheme)
        self.excused = []

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        try:
            if failure[0] is None:
                stains = self.stains()  # to look at them takes them away
                assert not stains, stains
            else:
                print(''.join(f'# {line}\n' for line in [*self.stains(), *self.text().splitlines()]))
        finally:
            self.driver.quit()

    def stains(self):
        """What the console holds; a refused request is written there by the browser itself."""
        return [entry['message'] for entry in self.driver.get_log('browser')
                if not any(re.search(pattern, entry['message']) for pattern in self.excused)]

    def text(self):
        return self.driver.find_element(By.TAG_NAME, 'body').text

    def wait(self, condition, what):
        WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[Exception]).until(lambda _: condition(), what)

    def expect(self, pattern):
        self.wait(lambda: re.search(pattern, self.text(), re.S), f'{pattern!r} is not shown: {self.text()}')

    def find(self, xpath):
        return self.driver.find_element(By.XPATH, xpath)

    def press(self, name):
        """The button with this name, once it is there and may be pressed."""
        path = f'//button[not(@hidden) and (normalize-space()="{name}" or @aria-label="{name}")]'
        self.wait(lambda: self.find(path).is_displayed() and self.find(path).is_enabled(), f'no button {name}')
        self.find(path).click()

    def tile(self, name):
        return self.find(f'//*[@class="tile" or @class="tile failing"][small="{name}"]/strong').text

    def shot(self, name):
        folder = os.environ.get('LF_TEST_SCREENSHOTS')
        if folder:
            self.driver.save_screenshot(os.path.join(folder, f'page-{name}.png'))

    def look(self, size, scheme):
        """As on another screen."""
        self.driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride',
                                    {'width': size[0], 'height': size[1], 'deviceScaleFactor': 1, 'mobile': False})
        self.driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': [{'name': 'prefers-color-scheme', 'value': scheme}]})

    def type(self, *keys):
        self.driver.switch_to.active_element.send_keys(*keys)

    def connection(self):
        return self.driver.execute_script('return document.getElementById("connection").textContent')

    def nameless(self):
        """What can be used but has no name for a screen reader."""
        nodes = self.driver.execute_cdp_cmd('Accessibility.getFullAXTree', {})['nodes']
        used = [node for node in nodes if not node['ignored'] and node['role']['value'] in USED_ROLES]
        assert used
        return [node['role']['value'] for node in used if not node.get('name', {}).get('value')]

    def is_narrow_enough(self):
        return self.driver.execute_script('return document.documentElement.scrollWidth <= innerWidth')


def manual(url, users=3):
    return {'name': 'By hand', 'tags': ['page'], 'gracefulStop': 1, 'steps': [
        {'name': 'front', 'method': 'GET', 'url': url}, {'name': 'missing', 'method': 'GET', 'url': f'{url}/status/404'}],
            'loadProfile': {'executor': 'manual', 'vus': users, 'duration': 600}}


def add(server, spec):
    return server.post('/api/specs', spec).expect(201)['id']


def number(text):
    return float(re.sub(r'[^\d.]', '', text.split(' ')[0]) or 'nan')


def test_a_run_is_watched_changed_and_stopped(folder):
    with Target(folder) as target, Server(folder) as server, Browser(folder) as browser:
        spec = add(server, manual(target.url))
        browser.driver.get(server.url + '/')
        browser.expect('By hand')
        browser.shot('home')
        browser.press('Start By hand')
        browser.wait(lambda: '/runs/' in browser.driver.current_url, 'no run is shown')
        browser.expect('Live.*Running')
        browser.wait(lambda: number(browser.tile('Requests')) > 10, 'requests are not counted')
        browser.wait(lambda: browser.tile('Users') == '3', 'users are not shown')
        field = browser.find('//input[@name="users"]')
        field.clear()
        field.send_keys('7', Keys.ENTER)
        browser.wait(lambda: browser.tile('Users') == '7', 'users do not change')
        browser.expect('Set to 7 users')
        browser.shot('live')
        browser.press('Pause')
        browser.expect('Paused')
        browser.press('Resume')
        browser.expect('Running')
        plot = browser.find('//section[h3="Latency"]//*[local-name()="svg"]')
        browser.driver.execute_script('arguments[0].focus()', plot)
        plot.send_keys(Keys.HOME)
        browser.expect(r'0:01 · p50')
        assert 'arrow keys read its values' in plot.get_attribute('aria-label')
        browser.press('Stop')
        browser.expect('Outcome.*answered 200')
        browser.expect('Aborted')
        browser.shot('report')
        run_id = browser.driver.current_url.rsplit('/', 1)[1]
        run = server.get(f'/api/runs/{run_id}').expect(200).json
        assert run['status'] == 'stopped' and run['specId'] == spec, run
        assert number(browser.tile('Requests')) == run['summary']['requests']['total']
        browser.press('Download CSV')
        path = os.path.join(folder, f'By-hand-{run_id}.csv')
        browser.wait(lambda: os.path.exists(path), 'no file comes')
        with open(path, encoding='utf-8') as file:
            assert file.readline().startswith('time,elapsed,step,users,'), path


def test_the_page_survives_a_restart_of_the_server(folder):
    with Target(folder) as target, Server(folder) as server, Browser(folder) as browser:
        browser.excused.append(GONE)
        spec = add(server, manual(target.url))
        run = server.post(f'/api/runs/{spec}').expect(202)['id']
        browser.driver.get(f'{server.url}/runs/{run}')
        browser.expect('Live.*Running')
        browser.wait(lambda: number(browser.tile('Requests')) > 10, 'requests are not counted')
        server.stop()
        browser.expect('Reconnecting|Outcome')
        with Server(folder, listen=f'127.0.0.1:{server.port}'):
            browser.expect('Aborted')
            browser.expect('Outcome.*answered 200')
            browser.driver.get(server.url + '/runs')
            browser.expect('By hand.*Aborted')


def test_the_page_tells_what_a_crash_of_the_server_left(folder):
    """The list comes back by itself, with a run that was lost; so does a page that was opened meanwhile."""
    with Target(folder) as target, Browser(folder) as browser:
        browser.excused.append(GONE)
        with Server(folder) as server:
            run = server.post(f'/api/runs/{add(server, manual(target.url))}').expect(202)['id']
            browser.driver.get(server.url + '/')
            browser.expect('Live.*By hand.*Running')
            server.process.kill()
            server.process.wait()
            browser.wait(lambda: browser.connection() == 'Reconnecting…', 'it is not told that nothing answers')
            browser.press('Start By hand')
            browser.expect('does not answer')
            browser.driver.execute_script('history.pushState(null, "", arguments[0]); dispatchEvent(new PopStateEvent("popstate"))', f'/runs/{run}')
            browser.expect('does not answer.*All specs and runs')
            server.process.returncode = 0  # as was meant
        with Server(folder, listen=f'127.0.0.1:{server.port}'):
            browser.expect('Interrupted.*Outcome')
            assert browser.connection() == ''
            browser.find('//a[@class="brand"]').click()
            browser.expect('Live.*By hand.*Interrupted')


def test_the_keyboard_is_enough(folder):
    with Server(folder) as server, Browser(folder) as browser:
        spec = add(server, {**manual('http://127.0.0.1:1/'), 'schedule': {'cron': '0 2 * * MON-FRI', 'timeZone': 'Europe/Berlin'}})
        browser.driver.get(server.url + '/')
        browser.expect('By hand')
        browser.type(Keys.TAB)
        assert browser.driver.switch_to.active_element.text == 'Skip to the content'
        browser.type(Keys.ENTER, Keys.TAB)
        browser.type('nothing like it')
        browser.expect('No spec fits')
        browser.type(*[Keys.BACKSPACE] * len('nothing like it'))
        browser.type(Keys.TAB)
        browser.type(Keys.ENTER)
        browser.expect(r'Runs by itself: 0 2 .* MON-FRI .Europe/Berlin., next \w+ \d')
        assert browser.driver.current_url == f'{server.url}/specs/{spec}'
        assert browser.driver.switch_to.active_element.get_attribute('id') == 'view'


def test_every_look(folder):
    """Pictures of all pages where they are asked for; nothing is cut off, and nothing has no name."""
    with Target(folder) as target, Server(folder) as server, Browser(folder) as browser:
        spec = add(server, manual(target.url))
        run = server.post(f'/api/runs/{spec}').expect(202)['id']
        for size, scheme in ((DESK, 'light'), (DESK, 'dark'), (PHONE, 'light'), (PHONE, 'dark')):
            browser.look(size, scheme)
            for name, path, said in (('home', '/', 'Live.*Running'), ('spec', f'/specs/{spec}', 'front'), ('run', f'/runs/{run}', r'0:0\d · p50')):
                browser.driver.get(server.url + path)
                browser.expect(said)
                assert browser.is_narrow_enough() and not browser.nameless(), (path, size, browser.nameless())
                browser.shot(f'look-{name}-{size[0]}-{scheme}')


def test_a_token_is_asked_for_once_and_kept_in_the_tab(folder):
    token = new_token(folder, 'Ann', 'viewer')
    with Target(folder) as target, Server(folder, '--require-token') as server, Browser(folder) as browser:
        browser.excused.append(r'status of 40[13]')
        server.token = new_token(folder, 'Bob', 'operator')
        add(server, manual(target.url))
        browser.driver.get(server.url + '/')
        browser.expect('Token Needed')
        browser.shot('token')
        browser.find('//input[@id="token"]').send_keys('lf_wrong', Keys.ENTER)
        browser.expect('not known here')
        browser.find('//input[@id="token"]').send_keys(token, Keys.ENTER)
        browser.expect('By hand')
        assert token not in browser.driver.current_url
        assert browser.driver.execute_script('return localStorage.length + document.cookie.length') == 0
        browser.press('Start By hand')
        browser.expect('operator')
        browser.driver.refresh()
        browser.expect('By hand')
        browser.press('Forget Token')
        browser.expect('Token Needed')
        browser.press('Cancel')


def test_a_phone_in_the_dark(folder):
    with Target(folder, '--delay', '5') as target, Server(folder) as server, Browser(folder, PHONE, 'dark') as browser:
        browser.excused.append('status of 404')
        long = manual(target.url)
        long['name'] = 'A name that does not end before the end of the line, Überlänge ' * 3
        spec = add(server, long)
        run = server.post(f'/api/runs/{spec}').expect(202)['id']
        for path, said in (('/', 'Specs'), (f'/specs/{spec}', 'front'), (f'/runs/{run}', 'Live'), ('/runs/nothing', 'All specs and runs'),
                           ('/specs/nothing', 'All specs and runs')):
            browser.driver.get(server.url + path)
            browser.expect(said)
            assert browser.is_narrow_enough(), path
            browser.shot('phone' + re.sub(r'[^a-z]', '-', path.replace(spec, 'id').replace(run, 'id')))
        assert browser.driver.execute_script('return getComputedStyle(document.body).backgroundColor') == 'rgb(36, 36, 36)'


def test_text_of_others_is_never_markup(folder):
    evil = '<img src=x onerror="document.title=\'taken\'">'
    with Server(folder) as server, Browser(folder) as browser:
        spec = add(server, {**manual('http://127.0.0.1:1/'), 'name': evil, 'description': evil})
        for path in ('/', f'/specs/{spec}'):
            browser.driver.get(server.url + path)
            browser.expect('<img src=x')
            time.sleep(0.2)
            assert browser.driver.title != 'taken', json.dumps(browser.driver.title)


main(globals())
