// Command argocd-judge reads a rendered tree as Argo CD reads it, with Argo CD's own code and without a cluster.
//
// Each line of standard input is a question, each line of standard output the answer to it:
//
//	{"tree": <the output folder>, "path": <where it lies in the repository>, "environment": <its name>}
//	  what the root application and all that it delivers consist of: {"applications": [{"name", "project", "path", "generatedBy", "objects": [{"group",
//	  "kind", "namespace", "name", "wave"}], "problems": [<what Argo CD says>]}], "problems": […]}
//	{"settings": <the argocd-cm ConfigMap, as an object>, "health": [<objects>]}
//	  {"impersonation": <bool>, "health": [{"status", "message"}]}, by the scripts of the settings and those that Argo CD has built in
//
// A question that cannot be answered is answered with {"error": <why>}.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/hook"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/syncwaves"
	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	appsets "github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/sirupsen/logrus"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

type question struct {
	Tree        string            `json:"tree"`
	Path        string            `json:"path"`
	Environment string            `json:"environment"`
	Settings    *corev1.ConfigMap `json:"settings"`
	Health      []map[string]any  `json:"health"`
}

type object struct {
	Group     string `json:"group"`
	Kind      string `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Wave      int    `json:"wave"`
}

type application struct {
	Name        string   `json:"name"`
	Project     string   `json:"project"`
	Path        string   `json:"path"`
	GeneratedBy string   `json:"generatedBy,omitempty"`
	Objects     []object `json:"objects"`
	Problems    []string `json:"problems"`
}

type treeAnswer struct {
	Applications []application `json:"applications"`
	Problems     []string      `json:"problems"`
}

type healthAnswer struct {
	Impersonation bool     `json:"impersonation"`
	Health        []health `json:"health"`
}

type health struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}

// The default of reposerver.max.combined.directory.manifests.size.
var maxCombined = resource.MustParse("10M")

// Each environment has its own Argo CD, which knows the cluster that it runs in.
var inCluster = &v1alpha1.Cluster{Server: v1alpha1.KubernetesInternalAPIServerAddr, Name: "in-cluster"}

func projectClusters(string) ([]*v1alpha1.Cluster, error) {
	return []*v1alpha1.Cluster{inCluster}, nil
}

// The folders of the tree as a repository's, for the generators of ApplicationSets.
type folders struct{ question }

func (f folders) GetFiles(context.Context, string, string, string, string, bool, *v1alpha1.SourceIntegrity) (map[string][]byte, error) {
	return nil, errors.New("files of a repository are not read here")
}

func (f folders) GetDirectories(context.Context, string, string, string, bool, *v1alpha1.SourceIntegrity) ([]string, error) {
	var found []string
	err := filepath.WalkDir(f.Tree, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || path == f.Tree {
			return err
		}
		below, err := filepath.Rel(f.Tree, path)
		found = append(found, f.Path+"/"+filepath.ToSlash(below))
		return err
	})
	return found, err
}

// The projects of the environment as a cluster's: all that a generator looks up there.
type cluster struct {
	client.Client
	projects map[string]*v1alpha1.AppProject
}

func (c cluster) Get(_ context.Context, key client.ObjectKey, found client.Object, _ ...client.GetOption) error {
	project, known := c.projects[key.Name]
	into, wanted := found.(*v1alpha1.AppProject)
	if !known || !wanted {
		return fmt.Errorf("there is no project %s", key.Name)
	}
	project.DeepCopyInto(into)
	return nil
}

func (q question) folderOf(source v1alpha1.ApplicationSource) (string, error) {
	below, inside := strings.CutPrefix(source.Path, q.Path+"/")
	if !inside {
		return "", fmt.Errorf("the path %s is not below %s", source.Path, q.Path)
	}
	return filepath.Join(q.Tree, filepath.FromSlash(below)), nil
}

// What Argo CD makes of an application's folder.
func (q question) manifests(app *v1alpha1.Application) ([]*unstructured.Unstructured, error) {
	source := app.Spec.GetSource()
	folder, err := q.folderOf(source)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(folder); err != nil {
		return nil, fmt.Errorf("app path does not exist: %s", source.Path)
	}
	response, err := repository.GenerateManifests(context.Background(), folder, q.Tree, "", &apiclient.ManifestRequest{
		Repo:              &v1alpha1.Repository{Repo: source.RepoURL},
		AppName:           app.Name,
		Namespace:         app.Spec.Destination.Namespace,
		ProjectName:       app.Spec.Project,
		ApplicationSource: &source,
	}, true, git.NoopCredsStore{}, maxCombined, utilio.NewRandomizedTempPaths(os.TempDir()))
	if err != nil {
		return nil, err
	}
	if response.SourceType != string(v1alpha1.ApplicationSourceTypeDirectory) {
		return nil, fmt.Errorf("Argo CD takes the folder for %s", response.SourceType)
	}
	var objects []*unstructured.Unstructured
	for _, text := range response.Manifests {
		read, err := v1alpha1.UnmarshalToUnstructured(text)
		if err != nil {
			return nil, err
		}
		objects = append(objects, read)
	}
	return objects, nil
}

// As strict as the API server is with what it is sent: an unknown field is a mistake.
func decode(from *unstructured.Unstructured, to any) error {
	text, err := from.MarshalJSON()
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(to)
}

func (q question) answerTree() (treeAnswer, error) {
	answer := treeAnswer{Applications: []application{}, Problems: []string{}}
	root := &v1alpha1.Application{}
	root.Name = q.Environment
	root.Spec.Source = &v1alpha1.ApplicationSource{Path: q.Path + "/argocd/" + q.Environment}
	delivered, err := q.manifests(root)
	if err != nil {
		return answer, err
	}
	projects := map[string]*v1alpha1.AppProject{}
	type made struct {
		app v1alpha1.Application
		by  string
	}
	var apps []made
	// Sets name projects, and both come by the names of their files.
	sort.SliceStable(delivered, func(i, j int) bool {
		return delivered[i].GetKind() == "AppProject" && delivered[j].GetKind() != "AppProject"
	})
	for _, each := range delivered {
		switch each.GetKind() {
		case "AppProject":
			project := &v1alpha1.AppProject{}
			err = decode(each, project)
			if err == nil {
				err = project.ValidateProject()
			}
			projects[project.Name] = project
		case "Application":
			app := v1alpha1.Application{}
			err = decode(each, &app)
			apps = append(apps, made{app: app})
		case "ApplicationSet":
			set := v1alpha1.ApplicationSet{}
			if err = decode(each, &set); err == nil {
				err = appsets.CheckInvalidGenerators(&set)
			}
			if err == nil {
				var generated []v1alpha1.Application
				generated, _, err = template.GenerateApplications(logrus.NewEntry(logrus.StandardLogger()), set,
					map[string]generators.Generator{"Git": generators.NewGitGenerator(folders{q}, set.Namespace)}, &appsets.Render{}, cluster{projects: projects})
				for _, app := range generated {
					apps = append(apps, made{app: app, by: set.Name})
				}
			}
		default:
			err = errors.New("is nothing that delivers")
		}
		if err != nil {
			answer.Problems = append(answer.Problems, fmt.Sprintf("%s %s: %v", each.GetKind(), each.GetName(), err))
			err = nil
		}
	}
	for _, each := range apps {
		answer.Applications = append(answer.Applications, q.judged(each.app, each.by, projects))
	}
	sort.Slice(answer.Applications, func(i, j int) bool { return answer.Applications[i].Name < answer.Applications[j].Name })
	return answer, nil
}

func (q question) judged(app v1alpha1.Application, by string, projects map[string]*v1alpha1.AppProject) application {
	result := application{Name: app.Name, Project: app.Spec.Project, Path: app.Spec.GetSource().Path, GeneratedBy: by, Objects: []object{}, Problems: []string{}}
	say := func(format string, parts ...any) {
		result.Problems = append(result.Problems, fmt.Sprintf(format, parts...))
	}
	if !argo.IsValidAppName(app.Name) {
		say("%q is no name of an application", app.Name)
	}
	project := projects[app.Spec.Project]
	if project == nil {
		say("application references project %s which does not exist", app.Spec.Project)
		return result
	}
	if !project.IsSourcePermitted(app.Spec.GetSource()) {
		say("application repo %s is not permitted in project '%s'", app.Spec.GetSource().RepoURL, project.Name)
	}
	if app.Spec.Destination.Server != inCluster.Server {
		say("the cluster %s is not the one that Argo CD runs in", app.Spec.Destination.Server)
	}
	if permitted, err := project.IsDestinationPermitted(inCluster, app.Spec.Destination.Namespace, projectClusters); err != nil || !permitted {
		say("application destination namespace '%s' does not match any of the allowed destinations in project '%s'", app.Spec.Destination.Namespace, project.Name)
	}
	objects, err := q.manifests(&app)
	if err != nil {
		say("%v", err)
		return result
	}
	for _, each := range objects {
		kind := each.GroupVersionKind()
		result.Objects = append(result.Objects, object{
			Group: kind.Group, Kind: kind.Kind, Namespace: each.GetNamespace(), Name: each.GetName(), Wave: syncwaves.Wave(each),
		})
		permitted, err := project.IsLiveResourcePermitted(each, inCluster, projectClusters)
		if err != nil || !permitted {
			say("resource %s/%s %s/%s is not permitted in project %s", kind.Group, kind.Kind, each.GetNamespace(), each.GetName(), project.Name)
		}
		if hook.IsHook(each) || hook.Skip(each) {
			say("%s %s is a hook, and no part of what is delivered", kind.Kind, each.GetName())
		}
	}
	return result
}

func (q question) answerHealth() (healthAnswer, error) {
	answer := healthAnswer{Health: []health{}}
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "argocd-secret", Namespace: q.Settings.Namespace, Labels: q.Settings.Labels}}
	manager := settings.NewSettingsManager(context.Background(), fake.NewClientset(q.Settings, secret), q.Settings.Namespace)
	impersonation, err := manager.IsImpersonationEnabled()
	if err != nil {
		return answer, err
	}
	answer.Impersonation = impersonation
	overrides, err := manager.GetResourceOverrides()
	if err != nil {
		return answer, err
	}
	for _, each := range q.Health {
		read, err := lua.ResourceHealthOverrides(overrides).GetResourceHealth(&unstructured.Unstructured{Object: each})
		switch {
		case err != nil:
			return answer, err
		case read == nil:
			answer.Health = append(answer.Health, health{})
		default:
			answer.Health = append(answer.Health, health{Status: string(read.Status), Message: read.Message})
		}
	}
	return answer, nil
}

func answer(line []byte) (result any) {
	type refused struct {
		Error string `json:"error"`
	}
	// A panic of Argo CD is an answer, and must not end the batch.
	defer func() {
		if cause := recover(); cause != nil {
			result = refused{Error: fmt.Sprintf("panic: %v", cause)}
		}
	}()
	var asked question
	err := json.Unmarshal(line, &asked)
	if err == nil && asked.Settings != nil {
		result, err = asked.answerHealth()
	} else if err == nil {
		result, err = asked.answerTree()
	}
	if err != nil {
		return refused{Error: err.Error()}
	}
	return result
}

func run(input *bufio.Reader, output *bufio.Writer) error {
	encoder := json.NewEncoder(output)
	encoder.SetEscapeHTML(false)
	for {
		line, readErr := input.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := encoder.Encode(answer(line)); err != nil {
				return err
			}
		}
		if errors.Is(readErr, io.EOF) {
			return output.Flush()
		}
		if readErr != nil {
			return readErr
		}
	}
}

func main() {
	logrus.SetLevel(logrus.ErrorLevel)
	if err := run(bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
